interface Cookie {
  name: string
  value: string
  domain: string
}

/** Characters of a name with its value that browsers take (RFC 6265bis); of more they store nothing. */
const longest = 4096

/** The cookies of a browser; those with a domain are shared by its subdomains. */
export const createCookies = () => {
  let stored: Cookie[] = []
  const reaches = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)
  const cookies = {
    /** All of them, as `name=value`. */
    all: (): string[] => stored.map(({ name, value }) => `${name}=${value}`),
    /** What a document of a host reads. */
    read: (host: string): string =>
      stored
        .filter(({ domain }) => reaches(host, domain))
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    /** What a document of a host does by assigning a text. */
    write: (host: string, text: string): void => {
      const [pair = '', ...attributes] = text.split(';')
      const given = new Map(attributes.map(attribute => attribute.split('=') as [string, string]))
      const domain = given.get('domain') ?? host
      if (!reaches(host, domain) || pair.length - 1 > longest) return
      const at = pair.indexOf('=')
      const name = pair.slice(0, at)
      stored = stored.filter(cookie => cookie.name !== name || cookie.domain !== domain)
      if (given.get('max-age') !== '0') stored.push({ name, value: pair.slice(at + 1), domain })
    },
    /** Gives a document of a host its `cookie`. */
    attach: (document: object, host: string): void =>
      void Object.defineProperty(document, 'cookie', { get: () => cookies.read(host), set: (text: string) => cookies.write(host, text) }),
  }
  return cookies
}

export type Cookies = ReturnType<typeof createCookies>

/** Elements that lead away, by whatever interface. */
type Link = Element & { href: unknown }

/**
 * Decorates links at the moment they are followed, by whatever means: so it does not matter when they were added, and nothing is
 * to be seen of it before and after. A click covers the keyboard, too. The context menu is left alone: its "copy address" would
 * hand the visitor's identity to whoever gets the copy.
 *
 * @param decorate returns the address itself where there is nothing to add
 * @param name of the parameter, for forms whose query is made of their fields
 */
export const startDecorator = (decorate: (address: string) => string, name: string): void => {

  /** Changes an attribute until the navigation has begun. */
  const lend = (element: Element, attribute: string, value: string): void => {
    const before = element.getAttribute(attribute)
    element.setAttribute(attribute, value)
    setTimeout(() => {
      if (element.getAttribute(attribute) !== value) return
      if (before === null) element.removeAttribute(attribute)
      else element.setAttribute(attribute, before)
    })
  }

  const onClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((node): node is Link => typeof (node as Partial<Link>).href === 'string' && 'getAttribute' in node)
    if (!link) return
    const address = String(link.href)
    const decorated = decorate(address)
    if (decorated !== address) lend(link, 'href', decorated)
  }

  const onSubmit = ({ target, submitter }: SubmitEvent): void => {
    const form = target as HTMLFormElement
    // Fields may be called `action` and `method`: the form's own properties are then hidden.
    const read = (attribute: string): string | null => submitter?.getAttribute(`form${attribute}`) ?? form.getAttribute(attribute)
    const action = new URL(read('action') ?? '', document.baseURI).href
    const decorated = decorate(action)
    if (decorated === action) return
    if (/^post$/i.test(read('method') ?? '')) return lend(submitter?.hasAttribute('formaction') ? submitter : form, submitter?.hasAttribute('formaction') ? 'formaction' : 'action', decorated)
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = new URL(decorated).searchParams.get(name)!
    form.append(field)
    setTimeout(() => field.remove())
  }

  const { open } = window
  window.open = function (this: Window, ...[address, ...rest]: Parameters<typeof open>): ReturnType<typeof open> {
    return open.call(this, address && decorate(String(address)), ...rest)
  }
  addEventListener('click', onClick, true)
  addEventListener('auxclick', onClick, true)
  addEventListener('submit', onSubmit, true)
}

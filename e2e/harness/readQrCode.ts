import type { Locator } from 'playwright-core'
import decodeQR from 'qr/decode.js'

/** What a camera reads in a picture of an element. @throws when there is no code in it */
export const readQrCode = async (element: Locator): Promise<string> => {
  const png = (await element.screenshot()).toString('base64')
  // The browser knows how to take a picture apart.
  const { width, height, data } = await element.page().context().newPage().then(async page => {
    const pixels = await page.evaluate(async source => {
      const picture = await createImageBitmap(await (await fetch(source)).blob())
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')!
      context.drawImage(picture, 0, 0)
      const { width, height, data } = context.getImageData(0, 0, picture.width, picture.height)
      return { width, height, data: [...data] }
    }, `data:image/png;base64,${png}`)
    await page.close()
    return pixels
  })
  return decodeQR({ width, height, data: Uint8ClampedArray.from(data) })
}

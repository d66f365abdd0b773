// Pictures as the server sends them (bytes, channels of a pixel side by side) on canvases.

/** The i-th of several pictures of one size as image data. */
export function imageData(bytes, picture, i = 0) {
  const {width, height, channels} = picture, plane = width * height, at = new Uint8Array(bytes), from = i * plane * channels, image = new ImageData(width, height);
  for (let p = 0; p < plane; p++) {
    const s = from + p * channels, d = p * 4;
    image.data[d] = at[s];
    image.data[d + 1] = at[channels === 1 ? s : s + 1];
    image.data[d + 2] = at[channels === 1 ? s : s + 2];
    image.data[d + 3] = 255;
  }
  return image;
}

export function draw(canvas, bytes, picture, i = 0) {
  if (!canvas) return;
  if (canvas.width !== picture.width || canvas.height !== picture.height) { canvas.width = picture.width; canvas.height = picture.height; }
  canvas.getContext('2d').putImageData(imageData(bytes, picture, i), 0, 0);
}

/** All pictures in rows on one canvas. */
export function grid(canvas, bytes, picture, columns, gap = 1) {
  const count = bytes.byteLength / (picture.width * picture.height * picture.channels), rows = Math.ceil(count / columns);
  canvas.width = columns * (picture.width + gap) - gap;
  canvas.height = Math.max(1, rows * (picture.height + gap) - gap);
  const pen = canvas.getContext('2d');
  for (let i = 0; i < count; i++) pen.putImageData(imageData(bytes, picture, i), i % columns * (picture.width + gap), Math.floor(i / columns) * (picture.height + gap));
}

/** Saves a canvas as a PNG, each pixel several times as large. */
export function save(canvas, name, scale = 8) {
  const large = document.createElement('canvas');
  large.width = canvas.width * scale;
  large.height = canvas.height * scale;
  const pen = large.getContext('2d');
  pen.imageSmoothingEnabled = false;
  pen.drawImage(canvas, 0, 0, large.width, large.height);
  large.toBlob(blob => keep(blob, name));
}

/** Lets the browser keep a file. */
export function keep(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const ON_THE_PROCESSOR = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export const isSoftwareRenderer = (name: string): boolean => ON_THE_PROCESSOR.test(name);

/** Whether this browser draws 3D on the processor: then it must be spared from the first frame on, not after it stalled. */
export function drawsOnProcessor(): boolean {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  if (gl === null) return true;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = info === null ? "" : gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" && isSoftwareRenderer(name);
}

// A piece in three dimensions, turned by mouse, touch, keyboard and buttons. three.js comes from this server's own
// static folder and only when a piece is shown; nothing is asked of any other host.
const LIFT = 0.35; // radians above the horizon at the start
const TURN = 0.6; // radians to the side at the start
const STEP = Math.PI / 12;
const CLOSER = 0.85;

// Streamlit's own script tells where the app's root is, behind a proxy's prefix and on a deep link alike.
function root() {
  const own = document.querySelector('script[type="module"][src*="static/js/"]');
  return own ? own.src.replace(/static\/js\/.*$/, "") : new URL("./", document.baseURI).href;
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function hasWebgl() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

// Metal is written as not metallic into the file, since a viewer without surroundings would draw it black; here there
// is a room to mirror.
function dress(three, model, metals, stones) {
  model.traverse((node) => {
    if (!node.isMesh) return;
    const look = node.material;
    node.castShadow = !look.transparent;
    if (metals.includes(look.name)) {
      look.metalness = 1;
      look.color.lerp(new three.Color(1, 1, 1), 0.18); // what is mirrored takes the colour twice
      look.roughness = 0.24;
    }
    if (stones.includes(look.name)) look.envMapIntensity = 1.6;
    if (look.transparent) look.depthWrite = false;
  });
}

function lights(three, scene, renderer, size) {
  const maker = new three.PMREMGenerator(renderer);
  const room = new three.RoomEnvironment();
  const mirrored = maker.fromScene(room, 0.03).texture;
  scene.environment = mirrored;
  scene.environmentIntensity = 0.9;
  const sun = new three.DirectionalLight(0xffffff, 1.3);
  sun.position.set(-size, 2.2 * size, 1.4 * size);
  sun.castShadow = true;
  sun.shadow.mapSize.set(1024, 1024);
  sun.shadow.radius = 6;
  sun.shadow.bias = -0.0004;
  const reach = 1.6 * size;
  Object.assign(sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.01 * size, far: 8 * size });
  scene.add(sun);
  maker.dispose();
  room.dispose();
  return () => mirrored.dispose();
}

function floor(three, scene, box, size) {
  const ground = new three.Mesh(new three.PlaneGeometry(8 * size, 8 * size), new three.ShadowMaterial({ opacity: 0.18 }));
  ground.rotation.x = -Math.PI / 2;
  ground.position.y = box.min.y - 0.002 * size;
  ground.receiveShadow = true;
  scene.add(ground);
}

class Stage {
  constructor(three, box, canvas) {
    this.three = three;
    this.box = box;
    this.canvas = canvas;
    this.renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.renderer.toneMapping = three.NeutralToneMapping;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = three.PCFSoftShadowMap;
    this.camera = new three.PerspectiveCamera(28, 1, 0.001, 100);
    this.controls = new three.OrbitControls(this.camera, canvas);
    this.controls.enablePan = false;
    this.controls.enableZoom = false; // the wheel scrolls the page until the piece has the focus
    canvas.style.touchAction = "pan-y"; // a finger moved up or down scrolls the page, sideways it turns the piece
    this.controls.addEventListener("change", () => this.draw());
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(box);
  }

  async show(content, metals, stones) {
    const three = this.three;
    const loaded = await new three.GLTFLoader().parseAsync(content.buffer, "");
    this.scene = new three.Scene();
    const model = loaded.scene;
    dress(three, model, metals, stones);
    this.scene.add(model);
    const around = new three.Box3().setFromObject(model);
    this.sphere = around.getBoundingSphere(new three.Sphere());
    this.release = lights(three, this.scene, this.renderer, this.sphere.radius);
    floor(three, this.scene, around, this.sphere.radius);
    this.fit();
    this.reset();
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height || !this.scene) return;
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  distance() {
    const half = (this.camera.fov * Math.PI) / 360;
    return (1.08 * this.sphere.radius) / Math.sin(Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect)));
  }

  reset() {
    const far = this.distance();
    const { center } = this.sphere;
    Object.assign(this.camera, { near: far / 100, far: far * 10 });
    Object.assign(this.controls, { minDistance: far * 0.25, maxDistance: far * 2.5 });
    this.controls.target.copy(center);
    this.place(TURN, Math.PI / 2 - LIFT, far);
  }

  place(turn, lift, far) {
    const inside = this.three.MathUtils.clamp(lift, 0.05, Math.PI - 0.05);
    const reach = this.three.MathUtils.clamp(far, this.controls.minDistance, this.controls.maxDistance);
    this.camera.position.setFromSphericalCoords(reach, inside, turn).add(this.sphere.center);
    this.camera.updateProjectionMatrix();
    this.controls.update();
    this.draw();
  }

  move(turn, lift, factor) {
    const at = this.controls;
    this.place(at.getAzimuthalAngle() + turn, at.getPolarAngle() + lift, at.getDistance() * factor);
  }

  draw() {
    if (!this.scene) return;
    this.renderer.render(this.scene, this.camera);
    this.box.dataset.turn = this.controls.getAzimuthalAngle().toFixed(3);
    this.box.dataset.lift = this.controls.getPolarAngle().toFixed(3);
    this.box.dataset.far = (this.controls.getDistance() / this.sphere.radius).toFixed(3);
  }

  end() {
    this.watch.disconnect();
    this.controls.dispose();
    this.scene?.traverse((node) => {
      node.geometry?.dispose();
      node.material?.dispose();
    });
    this.release?.();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}

const KEYS = {
  ArrowLeft: (stage) => stage.move(-STEP, 0, 1),
  ArrowRight: (stage) => stage.move(STEP, 0, 1),
  ArrowUp: (stage) => stage.move(0, -STEP, 1),
  ArrowDown: (stage) => stage.move(0, STEP, 1),
  "+": (stage) => stage.move(0, 0, CLOSER),
  "=": (stage) => stage.move(0, 0, CLOSER),
  "-": (stage) => stage.move(0, 0, 1 / CLOSER),
  0: (stage) => stage.reset(),
  Home: (stage) => stage.reset(),
};
const TOOLS = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown", closer: "+", away: "-", reset: "0" };

function listen(viewer, mine) {
  const { box } = viewer;
  box.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || !mine.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(mine.stage);
  });
  box.addEventListener("focusin", () => { if (mine.stage) mine.stage.controls.enableZoom = true; });
  box.addEventListener("focusout", () => { if (mine.stage) mine.stage.controls.enableZoom = false; });
  box.addEventListener("pointerdown", () => box.focus({ preventScroll: true }));
  viewer.tools.addEventListener("click", (event) => {
    const act = KEYS[TOOLS[event.target.closest("button")?.dataset.act]];
    if (act && mine.stage) act(mine.stage);
  });
}

function parts(parentElement) {
  const find = (name) => parentElement.querySelector(name);
  return { box: find(".stage"), canvas: find("canvas"), still: find("img"), says: find(".says"), tools: find(".tools"), keys: find(".keys") };
}

function write(viewer, data) {
  viewer.box.style.height = `${data.height}px`;
  viewer.box.setAttribute("aria-label", data.label);
  viewer.keys.textContent = data.words.keys;
  viewer.still.alt = data.label;
  for (const button of viewer.tools.querySelectorAll("button")) button.textContent = data.words[button.dataset.act];
}

function showStill(viewer, data) {
  viewer.canvas.hidden = true;
  viewer.tools.hidden = true;
  viewer.keys.hidden = true;
  viewer.box.dataset.state = "still";
  viewer.still.hidden = !data.still;
  if (data.still) viewer.still.src = `data:image/png;base64,${data.still}`;
  viewer.says.textContent = data.words.missing;
}

async function showPiece(viewer, data, mine) {
  viewer.says.textContent = data.words.loading;
  viewer.box.dataset.state = "loading";
  const three = await import(`${root()}app/static/${data.library}`);
  if (mine.content !== data.piece) return; // another piece came, or the viewer went, in the meantime
  mine.stage?.end();
  // A canvas that had lost its context stays without one: each piece gets a new one.
  const canvas = viewer.canvas.cloneNode();
  viewer.canvas.replaceWith(canvas);
  viewer.canvas = canvas;
  mine.stage = new Stage(three, viewer.box, canvas);
  await mine.stage.show(bytes(data.glb), data.metals, data.stones);
  viewer.says.textContent = "";
  viewer.tools.hidden = false;
  viewer.keys.hidden = false;
  viewer.box.dataset.state = "shown";
}

const known = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let mine = known.get(parentElement);
  if (!mine) {
    mine = { content: null, stage: null, viewer: parts(parentElement) };
    known.set(parentElement, mine);
    listen(mine.viewer, mine);
  }
  write(mine.viewer, data);
  const failed = () => {
    showStill(mine.viewer, data);
    if (!data.still) setStateValue("still", true);
  };
  if (data.still || !hasWebgl()) failed();
  else if (mine.content !== data.piece) {
    mine.content = data.piece;
    showPiece(mine.viewer, data, mine).catch((error) => {
      console.warn(`the piece could not be shown in three dimensions: ${error}`);
      failed();
    });
  }
  return () => {
    mine.content = null;
    mine.stage?.end();
    mine.stage = null;
    known.delete(parentElement);
  };
}

/*! three.js 0.187.0, (c) three.js authors, MIT: see static/three/LICENSE */
export { ACESFilmicToneMapping, AmbientLight, Box3, Color, DirectionalLight, HemisphereLight, MathUtils, NeutralToneMapping, PMREMGenerator, PerspectiveCamera, Scene, Sphere, SRGBColorSpace, Vector3, WebGLRenderer, Mesh, PlaneGeometry, ShadowMaterial, MeshStandardMaterial, PCFSoftShadowMap } from "three";
export { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
export { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
export { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";

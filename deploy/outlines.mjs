// Prints `drawings/outlines.json`. `deploy/outlines.py` runs it, and says what is drawn.
//
//     node deploy/outlines.mjs '{"056": "BE", …}'    the countries to draw: ISO 3166-1 number, as in the source, to letters

import { createRequire } from 'node:module';
import { geoArea, geoAzimuthalEqualArea, geoContains, geoPath } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const codes = JSON.parse(process.argv[2]);
const UNNUMBERED = { Kosovo: 'XK', 'N. Cyprus': 'CY' }; // without an ISO 3166-1 number in the source
const RUSSIA = '643';
const SIMFEROPOL = [34.1, 44.95]; // in the Crimea; degrees east and north
const EARTH = 6371; // km
const UNIT = 10; // km for a unit of the drawing
const [width, height] = [408, 426];
const BEYOND = 3; // shapes end this far outside of the frame, so that their cut edges are not seen
const KM2 = EARTH ** -2; // a square kilometre on a sphere whose radius is 1
const DETAIL = 400 * KM2; // a corner that spans less is left out
const ISLAND = 700 * KM2; // a smaller island is left out
const SEEN = 3000 * KM2; // a smaller country gets a dot

// Lambert azimuthal equal-area for Europe (centre 52° N 10° E, as EPSG:3035), on a sphere.
const projection = geoAzimuthalEqualArea()
  .rotate([-10, -52])
  .scale(EARTH / UNIT)
  .translate([178, 225])
  .precision(0)
  .clipExtent([[-BEYOND, -BEYOND], [width + BEYOND, height + BEYOND]]);

/** Return the topology with an object for each country, by its code; what nobody can choose is `elsewhere`. */
function gatherCountries(topology) {
  const objects = {};
  for (const { id, type, arcs, properties } of topology.objects.countries.geometries) {
    for (const rings of type === 'Polygon' ? [arcs] : arcs) {
      const polygon = { type: 'Polygon', arcs: rings };
      const isCrimea = id === RUSSIA && geoContains(feature(topology, polygon), SIMFEROPOL);
      const code = isCrimea ? 'UA' : (codes[id] ?? UNNUMBERED[properties.name] ?? 'elsewhere');
      objects[code] ??= { type: 'GeometryCollection', geometries: [] };
      objects[code].geometries.push(polygon);
    }
  }
  return { ...topology, objects };
}

/** Return a shape as an SVG path of whole numbers; steps from point to point are half as long as the points themselves. */
function svgPath(shape) {
  const rings = (geoPath(projection).digits(0)(shape) ?? '').split('Z').slice(0, -1);
  return rings.map((ring) => {
    const points = ring.slice(1).split('L').map((point) => point.split(',').map(Number));
    const steps = points.slice(1).map(([x, y], index) => [x - points[index][0], y - points[index][1]]);
    const numbers = steps.filter(([right, down]) => right || down).flat();
    return `M${points[0].join(' ')}l${numbers.join(' ')}z`.replaceAll(' -', '-');
  }).join('');
}

const exact = gatherCountries(require('world-atlas/countries-50m.json'));
// Neighbours share the arc of their border, and so they still fit.
const simpler = simplify(presimplify(exact, sphericalTriangleArea), DETAIL);
const drawable = filter(simpler, filterWeight(simpler, ISLAND, sphericalRingArea));
const [paths, dots] = [{}, {}];
for (const code of Object.keys(exact.objects).sort()) {
  const shape = merge(exact, [exact.objects[code]]);
  const path = svgPath(merge(drawable, [drawable.objects[code]]));
  if (path) paths[code] = path;
  if (geoArea(shape) < SEEN) dots[code] = geoPath(projection).centroid(shape).map(Math.round);
}
const { elsewhere, ...countries } = paths;
const { version } = require('world-atlas/package.json');
const source = `Natural Earth 1:50m, public domain, by way of world-atlas ${version}; made by deploy/outlines.py`;
const outlines = { source, width, height, elsewhere, countries, dots };
console.log(JSON.stringify(outlines, null, 1).replaceAll(/^ +/gm, ''));

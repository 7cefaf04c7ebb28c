"""The built-in image engine: garments, fabrics, palettes, figures, shading and solid pieces, drawn without weights.

Everything in it is plain functions of plain data: the same description and seed give the same picture. Lengths are
centimetres, angles degrees, colours sRGB.
"""

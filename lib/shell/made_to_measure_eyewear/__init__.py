"""The page of made-to-measure eyewear, part by part."""

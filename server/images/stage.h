#pragma once

#include "images/canvas.h"

// Where a scene plays. Private to images.
namespace wujin::images {

// The light of the day and how the ground lies, before anybody stands on it.
struct Stage {
  double horizon;
  Colour ground;
};

Stage draw_outdoors(Canvas& canvas, Dice& dice);
Stage draw_indoors(Canvas& canvas, Dice& dice);

// A row of houses along the horizon, with gaps, and trees between and before them.
void draw_village(Canvas& canvas, Dice& dice, const Stage& stage);

}  // namespace wujin::images

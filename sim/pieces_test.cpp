#include "sim/pieces.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>

namespace shinsa::sim {
namespace {

/// Gives a text in small portions, as a pipe may.
class Drops : public ByteSource {
 public:
  Drops(std::string text, std::size_t portion) : text_(std::move(text)), portion_(portion) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    const std::size_t size = std::min({portion_, into.size(), text_.size() - at_});
    std::copy_n(text_.data() + at_, size, into.data());
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t portion_, at_ = 0;
};

std::vector<std::string> pieces(const std::string& text, Pieces::Form form,
                                std::size_t portion = 1000) {
  Drops source(text, portion);
  Pieces reader(source, form);
  std::vector<std::string> all;
  for (Piece piece; reader.next(piece);)
    all.push_back(std::to_string(piece.line) + ":" + std::to_string(piece.column) + " " +
                  (piece.too_long ? "too long" : std::string(piece.text)));
  if (reader.broken()) all.push_back("broken " + reader.broken()->what);
  return all;
}

using All = std::vector<std::string>;

TEST(PiecesTest, TakesLinesApartWhereverThePortionsEnd) {
  const std::string text = "\xef\xbb\xbf{\"a\":1}\r\n\n  \n{\"b\":2}";
  for (std::size_t portion = 1; portion < 12; ++portion)
    EXPECT_EQ(pieces(text, Pieces::Form::json, portion), (All{"1:1 {\"a\":1}", "4:1 {\"b\":2}"}));
}

TEST(PiecesTest, ALineIsTakenWhoseEndIsKnown) {
  Drops source("a\nbb\r\ncc\n\nd", 1000);
  Pieces reader(source, Pieces::Form::json);
  Piece piece;
  EXPECT_EQ(reader.lines_ahead(), "") << "nothing was read yet";
  ASSERT_TRUE(reader.next(piece));
  ASSERT_EQ(reader.lines_ahead(), "bb\r\ncc\n\nd");
  reader.take_line(2, piece);
  EXPECT_EQ(piece.text, "bb");
  EXPECT_EQ(piece.line, 2u);
  EXPECT_TRUE(piece.ended);
  reader.take_line(2, piece);
  EXPECT_EQ(piece.text, "cc");
  ASSERT_TRUE(reader.next(piece));
  EXPECT_EQ(piece.text, "d");
  EXPECT_EQ(piece.line, 5u);
}

TEST(PiecesTest, AnArrayAndRowsHaveNoLinesAhead) {
  for (const auto& [text, form] :
       {std::pair{"[1,2]", Pieces::Form::json}, std::pair{"a,b\nc,d\n", Pieces::Form::rows}}) {
    Drops source(text, 1000);
    Pieces reader(source, form);
    Piece piece;
    ASSERT_TRUE(reader.next(piece));
    EXPECT_EQ(reader.lines_ahead(), "");
  }
}

TEST(PiecesTest, TakesAnArrayApart) {
  const std::string text = " \n[ {\"a\":[1,\"]\\\"\"]} ,\n\"例\", 3\n] \n";
  for (std::size_t portion = 1; portion < 12; ++portion)
    EXPECT_EQ(pieces(text, Pieces::Form::json, portion),
              (All{"2:3 {\"a\":[1,\"]\\\"\"]}", "3:1 \"例\"", "3:6 3"}));
}

TEST(PiecesTest, ARowOfCsvMayHoldTheEndOfALine) {
  EXPECT_EQ(pieces("a,b\n\"x\ny\",\"\"\"\"\nz,w", Pieces::Form::rows),
            (All{"1:1 a,b", "2:1 \"x\ny\",\"\"\"\"", "4:1 z,w"}));
}

TEST(PiecesTest, WhatIsTooLongIsNotKeptAndTheNextIsRead) {
  const std::string huge(3 * kLineMax, 'x');
  EXPECT_EQ(pieces(huge + "\nb\n", Pieces::Form::lines, 100'000), (All{"1:1 too long", "2:1 b"}));
  EXPECT_EQ(pieces("[\"" + huge + "\",2]", Pieces::Form::json, 100'000),
            (All{"1:2 too long", "1:" + std::to_string(huge.size() + 5) + " 2"}));
  EXPECT_EQ(pieces("\"" + huge + "\nb\n", Pieces::Form::rows, 100'000),
            (All{"1:1 too long", "2:1 b"}));
}

RC_GTEST_PROP(PiecesTest, PortionsMakeNoDifference, (const std::string& text)) {
  const auto form = *rc::gen::element(Pieces::Form::json, Pieces::Form::lines, Pieces::Form::rows);
  RC_ASSERT(pieces(text, form, 1) == pieces(text, form, 1000));
}

}  // namespace
}  // namespace shinsa::sim

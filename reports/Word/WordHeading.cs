using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <param name="Level">1 or 2.</param>
/// <param name="Text">As it stands there.</param>
/// <param name="Bookmark">Name by which its page is asked for.</param>
internal sealed record WordHeading(int Level, string Text, string Bookmark)
{
    /// <summary>Gives every heading a bookmark, in order; the first begins a page, and so does the second: the conclusion has one of its own.</summary>
    public static IReadOnlyList<WordHeading> Mark(IReadOnlyList<OpenXmlElement> text)
    {
        var found = new List<WordHeading>();
        var sections = 0;
        foreach (var paragraph in text.OfType<Paragraph>())
        {
            var properties = paragraph.GetFirstChild<ParagraphProperties>();
            var style = properties?.ParagraphStyleId?.Val?.Value;
            if (style is not (WordStyles.Section or WordStyles.Subsection))
            {
                continue;
            }

            var heading = new WordHeading(style == WordStyles.Section ? 1 : 2, paragraph.InnerText, string.Create(CultureInfo.InvariantCulture, $"_Toc{found.Count + 1}"));
            var id = found.Count.ToString(CultureInfo.InvariantCulture);
            paragraph.InsertAfter(new BookmarkStart { Id = id, Name = heading.Bookmark }, properties);
            paragraph.Append(new BookmarkEnd { Id = id });
            found.Add(heading);
            if (heading.Level == 1 && sections++ < 2)
            {
                properties!.Append(new PageBreakBefore());
            }
        }

        return found;
    }
}

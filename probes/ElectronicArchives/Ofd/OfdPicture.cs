using System.Globalization;
using System.Security;
using System.Text;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A rough picture of a page, so that people see where a seal sits: text where it stands, boxes for everything else.</summary>
internal static class OfdPicture
{
    private const int MostObjects = 3000;
    private const int MostBytes = 512 * 1024;
    private const int LongestText = 200;
    private static readonly OfdBox A4 = new(0, 0, 210, 297);

    /// <param name="page">The page.</param>
    /// <param name="document">Its document: templates, page area, seals.</param>
    public static string Draw(OfdPart page, OfdDocument document)
    {
        var area = AreaOf(page.Root) ?? AreaOf(document.Main?.Root.One("CommonData")) ?? A4;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{area.X} {area.Y} {area.Width} {area.Height}\" font-family=\"sans-serif\">\n"));
        svg.Append(Invariant($"<rect x=\"{area.X}\" y=\"{area.Y}\" width=\"{area.Width}\" height=\"{area.Height}\" fill=\"#fff\" stroke=\"#999\" stroke-width=\"0.2\"/>\n"));
        var used = page.Root.Named("Template").Select(t => t.Attr("TemplateID")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var objects = document.Of(OfdRole.Template).Where(t => t.Id is { } id && used.Contains(id)).Append(page)
            .SelectMany(p => p.Root?.Descendants() ?? []).Where(e => e.Name.LocalName is "TextObject" or "ImageObject" or "PathObject" or "CompositeObject").ToList();
        foreach (var item in objects.Take(MostObjects).TakeWhile(_ => svg.Length < MostBytes))
        {
            DrawObject(svg, item);
        }

        if (objects.Count > MostObjects || svg.Length >= MostBytes)
        {
            svg.Append(Invariant($"<text x=\"2\" y=\"4\" font-size=\"3\" fill=\"#c00\">对象过多，只画了一部分</text>\n"));
        }

        foreach (var signature in document.Signatures)
        {
            foreach (var box in signature.Stamps.Where(s => s.Attr("PageRef") == page.Id).Select(s => OfdBox.Read(s.Attr("Boundary"))).OfType<OfdBox>().Take(100))
            {
                svg.Append(Invariant($"<rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" fill=\"#c002\" stroke=\"#c00\" stroke-width=\"0.6\"/>\n"));
                svg.Append(Invariant($"<text x=\"{box.X}\" y=\"{box.Y + 4}\" font-size=\"3\" fill=\"#c00\">签章 {Escape(signature.Id)}</text>\n"));
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawObject(StringBuilder svg, XElement item)
    {
        if (OfdBox.Read(item.Attr("Boundary")) is not { } box)
        {
            return;
        }

        if (item.Name.LocalName != "TextObject")
        {
            var colour = item.Name.LocalName == "ImageObject" ? "#36c" : "#bbb";
            svg.Append(Invariant($"<rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"0.15\"/>\n"));
            return;
        }

        var size = OfdBox.Numbers(item.Attr("Size")) is [var given] && given is > 0 and < 1000 ? given : 3;
        foreach (var code in item.Named("TextCode").Take(50))
        {
            var (x, y) = (OfdBox.Numbers(code.Attr("X")) is [var dx] ? dx : 0, OfdBox.Numbers(code.Attr("Y")) is [var dy] ? dy : size);
            svg.Append(Invariant($"<text x=\"{box.X + x}\" y=\"{box.Y + y}\" font-size=\"{size}\">{Escape(code.Value)}</text>\n"));
        }
    }

    private static OfdBox? AreaOf(XElement? parent)
    {
        var area = parent.One("Area") ?? parent.One("PageArea");
        return OfdBox.Read(area.Text("PhysicalBox")) is { Width: > 0, Height: > 0 } box ? box : null;
    }

    private static string Escape(string text)
    {
        var cut = text.Length <= LongestText ? text : text[..LongestText] + "…";
        return SecurityElement.Escape(new string([.. cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? ' ' : c)]));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

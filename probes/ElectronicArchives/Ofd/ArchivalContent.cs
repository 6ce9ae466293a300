using System.Globalization;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What single rules for kept OFD files look for; each gives what speaks against it.</summary>
internal static class ArchivalContent
{
    /// <summary>More than the headers of pictures need.</summary>
    private const int HeadBytes = 64;

    /// <summary>Another format than TIFF, and not among those that may be kept.</summary>
    private const string BigTiff = "fmt/1917";

    public static IEnumerable<string> Outside(ArchivalView view) =>
        view.All.Select(p => p.Root).OfType<XElement>().Append(view.Root).SelectMany(Locations).Where(IsOutside).Select(l => l.Length <= 100 ? l : l[..100] + "…").Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> Actions(ArchivalView view) =>
        view.InDocuments("Actions").Concat(view.InPages("Actions")).Where(a => a.Ancestors().All(p => p.Name.LocalName != "Outlines"))
            .SelectMany(a => a.Within("Action")).Where(a => a.One("Goto") is null).Select(a => OfdArchival.Where(a, "Action"));

    public static IEnumerable<string> Outlines(ArchivalView view)
    {
        var pages = view.Reading.Documents.SelectMany(d => d.Pages).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var action in view.InDocuments("OutlineElem").SelectMany(o => o.One("Actions").Named("Action")))
        {
            var target = action.One("Goto").One("Dest").Attr("PageID");
            if (action.One("Goto") is null || (target is not null && !pages.Contains(target)))
            {
                yield return OfdArchival.Where(action, target is null ? "Action" : $"目标页 {target}");
            }
        }
    }

    public static IEnumerable<string> ColourSpaces(ArchivalView view) =>
        view.InResources("ColorSpace").Where(c => c.Attr("Type")?.ToUpperInvariant() is not ("GRAY" or "RGB" or "CMYK")).Select(c => $"{c.Attr("ID")} 为 {c.Attr("Type") ?? "（没有写明）"}");

    public static IEnumerable<string> Pictures(ArchivalView view)
    {
        foreach (var part in Media(view, "MultiMedia", "Image"))
        {
            if (view.Parts.Head(part.Entry, HeadBytes) is { } head && !IsPicture(head, part.Entry.Bytes))
            {
                yield return part.Path;
            }
        }
    }

    public static IEnumerable<string> Fonts(ArchivalView view) =>
        view.InResources("Font").Where(f => string.IsNullOrWhiteSpace(f.Text("FontFile"))).Select(f => $"{f.Attr("FontName") ?? f.Attr("ID")} 未嵌入");

    public static IEnumerable<string> Foreign(ArchivalView view) =>
        view.InResources("MultiMedia").Where(m => m.Attr("Type") == "Image").SelectMany(m => m.Descendants().Where(d => d.Name.NamespaceName != m.Name.NamespaceName)).Select(d => OfdArchival.Where(d, d.Name.LocalName));

    public static IEnumerable<string> DeepBlocks(ArchivalView view) =>
        view.InPages("PageBlock").Where(b => b.Ancestors().Count(a => a.Name.LocalName == "PageBlock") >= 3).Select(b => OfdArchival.Where(b, "PageBlock"));

    public static IEnumerable<string> EmptyClips(ArchivalView view) =>
        view.InPages("Clip").Where(c => !c.HasElements || c.Within("Path").Any(p => OfdBox.Read(p.Attr("Boundary")) is { Width: 0 } or { Height: 0 })).Select(c => OfdArchival.Where(c, "Clip"));

    public static IEnumerable<string> Misplaced(ArchivalView view)
    {
        foreach (var resource in view.All.Where(p => p.Role == OfdRole.Resource))
        {
            string[] strangers = resource.Id == "PublicRes" ? ["MultiMedia", "CompositeGraphicUnit", "DrawParam"] : ["Font", "ColorSpace"];
            foreach (var name in strangers.Where(n => resource.Root.Within(n).Any()))
            {
                yield return $"{resource.Path} 里有 {name}";
            }
        }
    }

    public static IEnumerable<string> SharedPictures(ArchivalView view)
    {
        var own = view.All.Where(p => p is { Role: OfdRole.Resource, Id: "PageRes" }).SelectMany(p => p.Root.Within("MultiMedia")).Select(m => m.Attr("ID")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return view.Pages.SelectMany(p => p.Root.Within("ImageObject").Select(i => i.Attr("ResourceID")).OfType<string>().Distinct(StringComparer.Ordinal))
            .GroupBy(id => id, StringComparer.Ordinal).Where(g => g.Count() > 1 && own.Contains(g.Key)).Select(g => $"资源 {g.Key}");
    }

    public static IEnumerable<string> Scaled(ArchivalView view) =>
        view.InPages("TextObject").Where(t => OfdBox.Numbers(t.Attr("CTM")) is [var a, 0, 0, 1, _, _] && Math.Abs(a - 1) > 1e-9 && a > 0).Select(t => OfdArchival.Where(t, "TextObject"));

    public static IEnumerable<string> Annotations(ArchivalView view)
    {
        foreach (var annotation in view.All.Where(p => p.Role == OfdRole.Annotation).SelectMany(p => p.Root.Within("Annot")))
        {
            List<string> wrong = [.. new[] { "ReadOnly", "NoZoom", "NoRotate" }.Where(n => annotation.Attr(n) is not ("true" or "1"))];
            if (annotation.Within("PageBlock").Any(b => b.Ancestors().Any(a => a.Name.LocalName == "PageBlock")))
            {
                wrong.Add("嵌套的 PageBlock");
            }

            if (wrong.Count > 0)
            {
                yield return $"{OfdArchival.Where(annotation, "Annot")}缺 {string.Join("、", wrong)}";
            }
        }
    }

    public static IEnumerable<string> Attachments(ArchivalView view)
    {
        foreach (var part in view.All.Where(p => p.Role == OfdRole.Attachment && p.Id != "list"))
        {
            if (view.Parts.Format(part.Entry) is { } format && !IsForKeeping(view, part, format) && view.Parts.Bytes(part.Entry) is { } bytes && !IsText(format, bytes))
            {
                yield return $"{part.Path}（{format.Title}）";
            }
        }
    }

    /// <summary>By what it declares, which is not a proof.</summary>
    private static bool IsForKeeping(ArchivalView view, OfdPart part, RecognisedFormat format) =>
        format.Declares?.StartsWith("PDF/A", StringComparison.Ordinal) == true || (format.Name.Key == "ofd" && view.Parts.InnerType(part.Entry) == "OFD-A");

    /// <summary>Also a PDF can be written without a byte that is no text.</summary>
    private static bool IsText(RecognisedFormat format, byte[] bytes) =>
        format.Name.Family is FormatFamily.Text or FormatFamily.Markup && StrictText.FirstNotUtf8(bytes) == bytes.Length && !bytes.Contains((byte)0);

    private static IEnumerable<OfdPart> Media(ArchivalView view, string element, string type)
    {
        var ids = view.InResources(element).Where(m => m.Attr("Type") == type).Select(m => m.Attr("ID")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return view.All.Where(p => p.Role == OfdRole.Media && p.Id is { } id && ids.Contains(id));
    }

    private static bool IsPicture(ReadOnlySpan<byte> head, long length) =>
        (MagicNumbers.Of(head) ?? MediaFormats.Of(head, length)) is { Name: { Key: "bmp" or "jpeg" or "png" or "jbig2" or "jp2" or "j2k" or "tiff", Puid: not BigTiff } };

    private static IEnumerable<string> Locations(XElement root) => root.DescendantsAndSelf().SelectMany(e =>
        (e.HasElements || e.Name.LocalName is not ("DocRoot" or "Signatures" or "PublicRes" or "DocumentRes" or "Annotations" or "Attachments" or "FileLoc" or "MediaFile" or "FontFile" or "PageRes") ? [] : new[] { e.Value.Trim() })
        .Concat(e.Attributes().Where(a => a.Name.LocalName is "BaseLoc" or "FileRef" or "Profile").Select(a => a.Value)));

    private static bool IsOutside(string location) =>
        location.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || location.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || location.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        || location.StartsWith("//", StringComparison.Ordinal) || (location.Length > 1 && location[1] == ':') || location.Replace('\\', '/').Split('/').Count(p => p == "..") > 4;
}

/// <summary>A box in millimetres (ST_Box).</summary>
internal sealed record OfdBox(double X, double Y, double Width, double Height)
{
    private const double Most = 100_000;

    /// <summary>Null where it is none, or beyond all paper.</summary>
    public static OfdBox? Read(string? text) => Numbers(text) is [var x, var y, var width, var height] && width >= 0 && height >= 0 ? new OfdBox(x, y, width, height) : null;

    /// <summary>Empty where one of them is no number.</summary>
    public static double[] Numbers(string? text)
    {
        if (text is null || text.Length > 200)
        {
            return [];
        }

        var words = text.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]) || Math.Abs(numbers[i]) > Most)
            {
                return [];
            }
        }

        return numbers;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Counts pages where the structure says them plainly; a guess is no count.</summary>
internal static partial class PageCounting
{
    private const int PdfCap = 32 * 1024 * 1024;
    private const int PartCap = 16 * 1024 * 1024;

    /// <returns>Null where they cannot be counted.</returns>
    public static int? Of(string key, ReadOnlyMemory<byte> bytes, CancellationToken stop) => key switch
    {
        "ofd" => Ofd(bytes, stop),
        "pdf" => bytes.Length <= PdfCap ? Pdf(Encoding.Latin1.GetString(bytes.Span)) : null,
        "jpeg" or "png" or "bmp" => 1,
        _ => null,
    };

    /// <summary>Pages of all documents of the file (GB/T 33190-2016, 7.4 and 7.5).</summary>
    private static int? Ofd(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            using var zip = ZipContainer.Open(bytes, stop);
            var roots = Tree(zip, "OFD.xml", stop)?.Descendants().Where(e => e.Name.LocalName == "DocRoot").Select(e => e.Value.Trim().TrimStart('/')).ToList();
            if (roots is not { Count: > 0 })
            {
                return null;
            }

            var pages = 0;
            foreach (var root in roots)
            {
                if (Tree(zip, root, stop) is not { } document)
                {
                    return null;
                }

                pages += document.Elements().Where(e => e.Name.LocalName == "Pages").Elements().Count(e => e.Name.LocalName == "Page");
            }

            return pages;
        }
        catch (ContainerException)
        {
            return null;
        }
    }

    private static XElement? Tree(ZipContainer zip, string path, CancellationToken stop) =>
        zip.Entries.FirstOrDefault(e => string.Equals(e.Path, path, StringComparison.OrdinalIgnoreCase)) is { } entry
        && SafeXml.TryRead(Containers.ReadAll(zip, entry, PartCap, stop), stop, out var document, out _) ? document!.Root : null;

    /// <summary>The count of the one page tree that has no parent; files that pack their objects away do not say it plainly.</summary>
    private static int? Pdf(string text)
    {
        if (text.Contains("/ObjStm", StringComparison.Ordinal))
        {
            return null;
        }

        var counts = PageTree().Matches(text).Select(m => m.Value).Where(o => !o.Contains("/Parent", StringComparison.Ordinal)).Select(o => PageTotal().Match(o)).Where(m => m.Success).Select(m => m.Groups["n"].Value).ToList();
        return counts is [var one] ? int.Parse(one, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"<<[^<>]{0,800}/Type\s*/Pages\b[^<>]{0,800}>>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PageTree();

    [GeneratedRegex(@"/Count\s+(?<n>[0-9]{1,6})\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PageTotal();
}

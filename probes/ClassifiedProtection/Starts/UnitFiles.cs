using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Units of systemd with their drop-ins, as the files have them: of each name the first folder's.</summary>
internal static class UnitFiles
{
    private const int JoinedCap = 20_000;
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    /// <summary>In the order in which they go before each other.</summary>
    public static readonly IReadOnlyList<string> Folders = ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>Lines of the [Service] parts by unit, without <c>.service</c>; lines that continue are joined.</summary>
    /// <exception cref="UnableException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<ConfigLine>> Of(HostSnapshot snapshot)
    {
        var mains = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var dropIns = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            foreach (var path in Listed(snapshot, $"{folder}/*.service"))
            {
                mains.TryAdd(Name(path, ".service"), path);
            }

            foreach (var path in Listed(snapshot, $"{folder}/*.service.d/*.conf"))
            {
                var unit = Name(path[..path.LastIndexOf('/')], ".service.d");
                dropIns.TryAdd(unit, new(StringComparer.Ordinal));
                dropIns[unit].TryAdd(Name(path, ""), path);
            }
        }

        return mains.Keys.Union(dropIns.Keys, StringComparer.Ordinal).ToDictionary(u => u, u => Lines(snapshot, u, mains, dropIns), StringComparer.Ordinal);
    }

    /// <summary>The file of one unit and its drop-ins, of each name the first folder's; lines that continue are joined, remarks left out.</summary>
    /// <param name="snapshot">Of the host.</param>
    /// <param name="unit">Such as <c>auditd.service</c>.</param>
    /// <param name="part">Such as <c>[Service]</c>.</param>
    public static IReadOnlyList<ConfigLine> Named(HostSnapshot snapshot, string unit, string part)
    {
        var main = Folders.Select(f => $"{f}/{unit}").FirstOrDefault(p => snapshot.Find(p).State is FileState.Read or FileState.Denied or FileState.TooLarge or FileState.PrivateKey);
        var dropIns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Folders.SelectMany(f => Listed(snapshot, $"{f}/{unit}.d/*.conf")))
        {
            dropIns.TryAdd(Name(path, ""), path);
        }

        return [.. (main is null ? [] : new[] { main }).Concat(dropIns.Values).SelectMany(p => Part(snapshot.Lines(p) ?? [], part))];
    }

    private static string Name(string path, string ending) => path[(path.LastIndexOf('/') + 1)..^ending.Length];

    private static IReadOnlyList<ConfigLine> Lines(HostSnapshot snapshot, string unit, SortedDictionary<string, string> mains, SortedDictionary<string, SortedDictionary<string, string>> dropIns)
    {
        // An instance is its template's file with drop-ins of both, sorted together; of one name only its own counts.
        var template = unit.Contains('@', StringComparison.Ordinal) ? unit[..(unit.IndexOf('@', StringComparison.Ordinal) + 1)] : unit;
        var main = mains.GetValueOrDefault(unit) ?? mains.GetValueOrDefault(template);
        var extra = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in new[] { template, unit }.SelectMany(u => dropIns.GetValueOrDefault(u)?.ToList() ?? []))
        {
            extra[name] = path;
        }

        return [.. (main is null ? [] : new[] { main }).Concat(extra.Values).Where(p => snapshot.Find(p).State is not FileState.Attributes).SelectMany(p => Part(snapshot.Lines(p) ?? [], "[Service]"))];
    }

    private static bool IsRemark(string line) => line.TrimStart(Blanks) is ['#' or ';', ..];

    private static IEnumerable<ConfigLine> Part(IReadOnlyList<ConfigLine> lines, string part)
    {
        var isOfPart = default(bool?);
        for (var i = 0; i < lines.Count; i++)
        {
            var (first, text) = (lines[i], lines[i].Text);
            if (IsRemark(text) || text.Trim(Blanks).Length == 0)
            {
                continue;
            }

            // Only a backslash that is the very last character, and no other stands before, takes in the next line that is no remark.
            while (Kept.GoesOn(text) && i + 1 < lines.Count)
            {
                _ = text.Length < JoinedCap ? 0 : throw new UnableException(FailureKind.BadInput, $"{first.Place} 的续行过长");
                var next = lines[++i].Text;
                text = IsRemark(next) ? text : $"{text[..^1]} {next}";
            }

            text = (Kept.GoesOn(text) ? text[..^1] : text).Trim(Blanks);
            if (text.Length == 0)
            {
                continue;
            }

            // systemd leaves off at a heading that is none; what stands before the first one may be behind a mark of the file's encoding.
            isOfPart = !text.StartsWith('[') ? isOfPart ?? throw new UnableException(FailureKind.BadInput, $"{first.Place} 不在单元的任何一节里")
                : text.EndsWith(']') ? text == part : throw new UnableException(FailureKind.BadInput, $"{first.Place} 的节名读不懂");
            if (isOfPart == true && text[0] != '[')
            {
                yield return first with { Text = text };
            }
        }
    }

    /// <summary>A folder nobody collected has nothing to say; one that may not be read has.</summary>
    private static IReadOnlyList<string> Listed(HostSnapshot snapshot, string pattern)
    {
        try
        {
            return snapshot.Glob(pattern);
        }
        catch (UnableException unseen) when (unseen.Kind == FailureKind.BadInput)
        {
            return [];
        }
    }
}

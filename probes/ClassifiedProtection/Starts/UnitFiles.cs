using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Units of systemd with their drop-ins, as the files have them: of each name the first folder's.</summary>
internal static class UnitFiles
{
    private const int JoinedCap = 20_000;

    /// <summary>Its drop-ins are of every service.</summary>
    private const string OfAll = "service";

    private static readonly char[] Blanks = [' ', '\t', '\r'];

    /// <summary>In the order in which they go before each other.</summary>
    public static readonly IReadOnlyList<string> Folders = ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>Lines of the [Service] parts by unit, without <c>.service</c>; lines that continue are joined.</summary>
    /// <exception cref="UnableException">A file cannot be read, or nobody looked into one of the folders.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<ConfigLine>> Of(HostSnapshot snapshot)
    {
        var mains = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Folders.SelectMany(f => snapshot.Glob($"{f}/*.service")))
        {
            mains.TryAdd(Name(path, ".service"), path);
        }

        var dropIns = Folders.SelectMany(f => snapshot.Glob($"{f}/*.service.d/*.conf").Concat(snapshot.Glob($"{f}/{OfAll}.d/*.conf"))).ToLookup(p => p[..p.LastIndexOf('/')], StringComparer.Ordinal);

        // Drop-ins of a beginning of names are of units that have it.
        var units = mains.Keys.Union(dropIns.Where(d => d.Key.EndsWith(".service.d", StringComparison.Ordinal)).Select(d => Name(d.Key, ".service.d")).Where(u => !u.EndsWith('-') && !u.Contains("-@", StringComparison.Ordinal)), StringComparer.Ordinal);
        return units.ToDictionary(u => u, u => Lines(snapshot, mains.GetValueOrDefault(u) ?? mains.GetValueOrDefault(Template(u)), DropIns(u, f => dropIns[f]), "[Service]"), StringComparer.Ordinal);
    }

    /// <summary>The file of one unit and its drop-ins; lines that continue are joined, remarks left out.</summary>
    /// <param name="snapshot">Of the host.</param>
    /// <param name="unit">Such as <c>auditd.service</c>.</param>
    /// <param name="part">Such as <c>[Service]</c>.</param>
    /// <param name="isHandful">Folders nobody collected are passed over: the caller knows that there may be more.</param>
    /// <exception cref="UnableException">A file cannot be read, or nobody looked into one of the folders.</exception>
    public static IReadOnlyList<ConfigLine> Named(HostSnapshot snapshot, string unit, string part, bool isHandful = false)
    {
        var main = Folders.Select(f => $"{f}/{unit}").FirstOrDefault(p => snapshot.Find(p).State is FileState.Read or FileState.Denied or FileState.TooLarge or FileState.PrivateKey);
        return Lines(snapshot, main, DropIns(Name(unit, ".service"), f => Listed(snapshot, $"{f}/*.conf", isHandful)), part);
    }

    /// <summary>What an instance is made from; the unit itself where it is none.</summary>
    public static string Template(string unit) => unit[..(unit.IndexOf('@', StringComparison.Ordinal) is var at and >= 0 ? at + 1 : unit.Length)];

    private static string Name(string path, string ending) => path[(path.LastIndexOf('/') + 1)..^ending.Length];

    /// <summary>
    /// Sorted by name, whichever folder they are in. Of one name counts the first folder's, there the unit's own, then its template's, then those
    /// of ever shorter beginnings of its name; what is for all services goes behind every other.
    /// </summary>
    private static IReadOnlyList<string> DropIns(string unit, Func<string, IEnumerable<string>> files)
    {
        var (found, template) = (new SortedDictionary<string, string>(StringComparer.Ordinal), Template(unit));
        var (begin, instance) = (template.TrimEnd('@'), unit[template.Length..]);
        List<string> names = [unit, template];
        for (var at = begin.LastIndexOf('-'); at >= 0; at = at == 0 ? -1 : begin.LastIndexOf('-', at - 1))
        {
            var shorter = begin[..(at + 1)];
            names.AddRange(template == begin ? [shorter] : [shorter, $"{shorter}@{instance}", $"{shorter}@"]);
        }

        var all = Folders.SelectMany(f => names.Distinct(StringComparer.Ordinal).Select(n => $"{f}/{n}.service.d")).Concat(Folders.Select(f => $"{f}/{OfAll}.d"));
        foreach (var path in all.SelectMany(files))
        {
            found.TryAdd(Name(path, ""), path);
        }

        return [.. found.Values];
    }

    private static IReadOnlyList<ConfigLine> Lines(HostSnapshot snapshot, string? main, IReadOnlyList<string> dropIns, string part) =>
        [.. (main is null ? [] : new[] { main }).Concat(dropIns).Where(p => snapshot.Find(p).State is not FileState.Attributes).SelectMany(p => Part(snapshot.Lines(p) ?? [], part))];

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

    private static IReadOnlyList<string> Listed(HostSnapshot snapshot, string pattern, bool isHandful)
    {
        try
        {
            return snapshot.Glob(pattern);
        }
        catch (UnableException unseen) when (isHandful && unseen.Kind == FailureKind.BadInput)
        {
            return [];
        }
    }
}

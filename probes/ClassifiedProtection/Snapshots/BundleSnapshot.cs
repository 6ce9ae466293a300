using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A snapshot out of what the collector wrote, whether it came as a file, over ssh or from this machine.</summary>
internal sealed class BundleSnapshot : HostSnapshot
{
    private const int Columns = 10;

    /// <summary>The collector takes no larger file.</summary>
    private const int FileCap = 512 * 1024;
    private readonly Dictionary<string, SnapshotFile> _files;
    private readonly Dictionary<string, CommandOutput> _commands;
    private readonly Dictionary<string, string> _listings;
    private readonly List<string> _globbed;

    private BundleSnapshot(string origin, Dictionary<string, SnapshotFile> files, Dictionary<string, string> listings, List<string> globbed, Dictionary<string, CommandOutput> commands)
    {
        _globbed = globbed;
        Origin = origin;
        _files = files;
        _listings = listings;
        _commands = commands;
    }

    public override string Origin { get; }

    /// <param name="origin">For people.</param>
    /// <param name="packed">The .tgz.</param>
    /// <exception cref="UnableException">Not a bundle, or a damaged one.</exception>
    public static BundleSnapshot Open(string origin, byte[] packed)
    {
        var parts = BundleArchive.Open(packed);
        if (Text(parts, "format.txt").Trim() != Collector.Format)
        {
            throw new UnableException(FailureKind.BadInput, $"取证包的格式不是“{Collector.Format}”，请用本版本的 collect.sh 重新收集");
        }

        var files = new Dictionary<string, SnapshotFile>(StringComparer.Ordinal);
        var listings = new Dictionary<string, string>(StringComparer.Ordinal);
        var (kinds, taken, globbed) = (new IncludedKinds(), new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var columns in Rows(Text(parts, "index.tsv"), Columns))
        {
            if (columns[1] == "globbed")
            {
                globbed.Add(columns[0]);
            }
            else if (columns[0].EndsWith('/'))
            {
                // Names the script passes over are said behind the folder itself.
                var folder = columns[0].TrimEnd('/');
                listings[folder] = listings.GetValueOrDefault(folder) == "odd" ? "odd" : columns[1];
            }
            else
            {
                // One entry named by every line of the index would be read a hundred thousand times.
                files[columns[0]] = columns[1] != "read" || taken.Add(columns[9])
                    ? FileOf(columns, parts, kinds)
                    : throw new UnableException(FailureKind.BadInput, $"取证包的索引两次指向 {(columns[9].Length < 60 ? columns[9] : "同一条目")}");
            }
        }

        var commands = Rows(Text(parts, "commands.tsv"), 3).Select(c => new CommandOutput(c[0], Code(c[1]), parts.ContainsKey($"c/{c[0]}") ? HostRedaction.ApplyToOutput(Text(parts, $"c/{c[0]}")) : ""));
        var digests = $"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(packed))}，SM3 {Convert.ToHexStringLower(Sm3.HashData(packed))}";
        return new BundleSnapshot($"{origin}（{digests}）", files, listings, globbed, commands.DistinctBy(c => c.Name, StringComparer.Ordinal).ToDictionary(c => c.Name, StringComparer.Ordinal));
    }

    public override SnapshotFile Find(string path)
    {
        if (_files.TryGetValue(path, out var file))
        {
            return file;
        }

        // The collector wrote down the folder: what it takes from there and did not name is not there; what it does not take nobody looked for.
        var cut = path.LastIndexOf('/');
        return new SnapshotFile(path, (cut > 0 ? _listings.GetValueOrDefault(path[..cut]) : null) switch
        {
            "missing" => FileState.Missing,
            "denied" => FileState.Denied,
            "listed" or "odd" when IsTakable(path) && Collector.Files.Any(f => GlobPattern.HasWildcard(f.Pattern) && GlobPattern.MatchesPath(f.Pattern, path)) => FileState.Missing,
            _ => FileState.NotCollected,
        });
    }

    public override CommandOutput? Command(string name) => _commands.GetValueOrDefault(name);

    public override IReadOnlyList<string> Glob(string pattern)
    {
        foreach (var folder in Above(pattern))
        {
            if (_listings.FirstOrDefault(l => l.Value is "denied" or "odd" && GlobPattern.MatchesPath(folder, l.Key)).Key is { } shut)
            {
                throw new UnableException(FailureKind.AccessDenied, _listings[shut] == "odd" ? $"{shut} 里有名字含特殊字符的文件，取证脚本没有取" : $"无权列出 {shut}");
            }

            if (!GlobPattern.HasWildcard(folder) && !_listings.ContainsKey(folder))
            {
                throw new UnableException(FailureKind.BadInput, $"没有收集 {folder}");
            }
        }

        return [.. _files.Values.Where(f => f.State != FileState.Missing && GlobPattern.MatchesPath(pattern, f.Path)).Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder may be listed and yet only files of other patterns taken from it.</summary>
    public override IReadOnlyList<string> Included(string pattern) =>
        !pattern.Contains('\\', StringComparison.Ordinal) && (_globbed.Contains(pattern, StringComparer.Ordinal) || Collector.Files.Any(f => GlobPattern.HasWildcard(f.Pattern) && GlobPattern.Covers(f.Pattern, pattern)))
            ? base.Included(pattern)
            : throw new UnableException(FailureKind.BadInput, $"取证脚本没有按 {pattern} 收集，不知道有没有合于它的文件");

    /// <summary>Folders whose names have to be known, from the top.</summary>
    private static IEnumerable<string> Above(string pattern)
    {
        var parts = pattern.Split('/');
        return Enumerable.Range(1, Math.Max(0, parts.Length - 1)).Where(i => GlobPattern.HasWildcard(parts[i]) || (i == parts.Length - 1 && !GlobPattern.HasWildcard(pattern))).Select(i => string.Join('/', parts[..i]));
    }

    /// <summary>The collector passes over names with other characters, which may be there all the same.</summary>
    private static bool IsTakable(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._@+:,~=%-".Contains(c, StringComparison.Ordinal));

    private static SnapshotFile FileOf(string[] columns, IReadOnlyDictionary<string, byte[]> parts, IncludedKinds kinds)
    {
        var state = columns[1] switch
        {
            "read" => FileState.Read,
            "stat" or "special" => FileState.Attributes,
            "directory" => FileState.Directory,
            "missing" => FileState.Missing,
            "denied" => FileState.Denied,
            "large" or "beyond" => FileState.TooLarge,
            "private" => FileState.PrivateKey,
            _ => FileState.NotCollected,
        };
        var isLarge = state == FileState.Read && parts.TryGetValue(columns[9], out var bytes) && bytes.Length > FileCap;
        state = isLarge ? FileState.TooLarge : state;
        var text = state == FileState.Read ? Text(parts, columns[9]) : "";
        var kind = kinds.Of(columns[0]);
        kinds.Learn(columns[0], kind, text);
        return new SnapshotFile(columns[0], state)
        {
            Mode = Mode(columns[3]),
            Owner = Known(columns[4]),
            Group = Known(columns[5]),
            Modified = long.TryParse(columns[7], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 32_503_680_000
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null,
            Text = HostRedaction.Apply(kind, text),
            IsBare = kind == HostRedaction.Unknown,
        };
    }

    private static int? Mode(string octal) =>
        octal.Length is > 0 and <= 5 && octal.All(c => c is >= '0' and <= '7') ? Convert.ToInt32(octal, 8) & 0xFFF : null;

    private static string? Known(string text) => text is "" or "-" or "UNKNOWN" ? null : text;

    private static int? Code(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string Text(IReadOnlyDictionary<string, byte[]> parts, string name) => parts.TryGetValue(name, out var bytes)
        ? Encoding.UTF8.GetString(bytes)
        : throw new UnableException(FailureKind.BadInput, $"取证包里没有 {(name.Length < 60 ? name : "索引指向的条目")}");

    private static IEnumerable<string[]> Rows(string text, int columns)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var row = line.Split('\t');
            yield return row.Length == columns && row[0].Length is > 0 and < 4096
                ? row
                : throw new UnableException(FailureKind.BadInput, $"取证包的索引有一行不是 {columns} 列");
        }
    }
}

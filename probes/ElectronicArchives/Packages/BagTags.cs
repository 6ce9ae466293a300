using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads the tag files of a bag (RFC 8493, 2).</summary>
internal static class BagTags
{
    private const int MaxLines = 500_000;

    public static void Finish(PackageReading reading)
    {
        var bag = new BagReading();
        reading.Bag = bag;
        foreach (var (path, text) in reading.Documents.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (path == "bagit.txt")
            {
                if (reading.File(path)?.HasMark == true)
                {
                    bag.Faults.Add((path, "以字节顺序标记开头", "没有标记的 UTF-8"));
                }

                Declaration(bag, text);
                reading.ReadableMetadata++;
            }
            else if (path == "bag-info.txt")
            {
                Information(bag, text);
                reading.Records.Add(new MetadataRecord(reading.Name, [.. Lines(text).Select(l => l.Split(':', 2)).Where(l => l.Length == 2 && l[0].Length > 0 && !char.IsWhiteSpace(l[0][0])).Select(l => new NamedValue(l[0].Trim(), l[1].TrimStart(), path))]));
                reading.ReadableMetadata++;
            }
            else if (path == "fetch.txt")
            {
                bag.Fetched.UnionWith(Lines(text).Select(l => l.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries)).Where(l => l.Length == 3).Select(l => Decoded(l[2].Trim())));
            }
            else if (Algorithm(path) is { } algorithm)
            {
                Manifest(bag, path, algorithm, text);
                reading.ReadableMetadata++;
            }
        }

        CheckManifests(bag, reading);
        (reading.Listed, reading.ListedCut) = (Listed(bag), bag.Cut);
    }

    private static List<ListedFile>? Listed(BagReading bag) =>
        bag.Algorithms.Count == 0 ? null : [.. bag.Lines.Where(l => !l.IsTag).Select(l => l.Path).Distinct(StringComparer.Ordinal).Select(p => new ListedFile(p))];

    internal static string? Algorithm(string path)
    {
        var name = path.StartsWith("tag", StringComparison.Ordinal) ? path[3..] : path;
        return name.StartsWith("manifest-", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)
            ? name["manifest-".Length..^".txt".Length].ToLowerInvariant() : null;
    }

    private static void Declaration(BagReading bag, string text)
    {
        string? After(string label) => Array.Find(Lines(text), l => l.StartsWith(label, StringComparison.Ordinal) && l.Length > label.Length && !char.IsWhiteSpace(l[label.Length]))?[label.Length..].TrimEnd();
        bag.HasDeclaration = true;
        bag.Version = After("BagIt-Version: ");
        bag.Encoding = After("Tag-File-Character-Encoding: ");
    }

    private static void Information(BagReading bag, string text)
    {
        if (Lines(text).FirstOrDefault(l => l.StartsWith("Payload-Oxum:", StringComparison.OrdinalIgnoreCase))?["Payload-Oxum:".Length..].Trim().Split('.') is [var bytes, var files])
        {
            if (long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var b) && long.TryParse(files, NumberStyles.None, CultureInfo.InvariantCulture, out var f))
            {
                bag.Oxum = (b, f);
            }
            else
            {
                bag.Faults.Add(("bag-info.txt", $"{bytes}.{files}", "Payload-Oxum 为 字节数.文件数"));
            }
        }
    }

    private static void Manifest(BagReading bag, string path, string algorithm, string text)
    {
        var isTag = path.StartsWith("tag", StringComparison.Ordinal);
        if (!isTag)
        {
            bag.Algorithms.Add(algorithm);
        }

        foreach (var line in Lines(text).Where(l => l.Length > 0))
        {
            var gap = line.AsSpan().IndexOfAny(' ', '\t');
            if (bag.Lines.Count >= MaxLines)
            {
                bag.Cut = $"清单超过 {MaxLines} 行，只读了前 {MaxLines} 行";
                break;
            }

            if (gap <= 0)
            {
                bag.Faults.Add((path, line, "摘要值 路径"));
                continue;
            }

            var name = Decoded(line[gap..].TrimStart(' ', '\t').TrimStart('*'));
            bag.Lines.Add(new BagLine(path, algorithm, line[..gap], name, isTag));
        }
    }

    private static string Decoded(string written)
    {
        var name = written.Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
        return name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
    }

    private static bool IsOutside(string path) =>
        path.Split(['/', '\\']).Contains("..", StringComparer.Ordinal) || path is ['/' or '\\' or '~' or '%', ..] || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));

    /// <summary>What RFC 8493, 2.1.3 asks of manifests beyond their lines.</summary>
    private static void CheckManifests(BagReading bag, PackageReading reading)
    {
        foreach (var line in bag.Lines.Where(l => l.IsTag && reading.File(l.Path) is null))
        {
            bag.Faults.Add((line.Manifest, line.Path, "包里没有这个标签文件"));
        }

        foreach (var path in bag.Fetched.Concat(bag.Lines.Select(l => l.Path)).Where(IsOutside).Distinct(StringComparer.Ordinal))
        {
            bag.Faults.Add(("清单或 fetch.txt", path, "包里 data/ 之下的路径"));
        }

        if (bag.Version != "1.0" || bag.Cut is not null)
        {
            return;
        }

        foreach (var twice in bag.Lines.GroupBy(l => (l.Manifest, NameForms.Decomposed(l.Path))).Where(g => g.Count() > 1))
        {
            bag.Faults.Add((twice.Key.Manifest, $"{twice.Key.Item2} 列了 {twice.Count()} 次", "一次"));
        }

        var all = bag.Lines.Where(l => !l.IsTag).Select(l => l.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var manifest in bag.Lines.Where(l => !l.IsTag).GroupBy(l => l.Manifest, StringComparer.Ordinal))
        {
            var missing = all.Except(manifest.Select(l => l.Path), StringComparer.Ordinal).FirstOrDefault();
            if (missing is not null)
            {
                bag.Faults.Add((manifest.Key, $"没有列 {missing}", "每份清单都列全部文件"));
            }
        }
    }

    private static string[] Lines(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
}

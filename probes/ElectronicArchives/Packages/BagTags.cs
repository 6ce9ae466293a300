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
                bag.HasFetch = text.Trim().Length > 0;
            }
            else if (Algorithm(path) is { } algorithm)
            {
                Manifest(bag, path, algorithm, text);
                reading.ReadableMetadata++;
            }
        }

        reading.Listed = Listed(bag);
    }

    private static List<ListedFile>? Listed(BagReading bag) =>
        bag.Algorithms.Count == 0 ? null : [.. bag.Lines.Where(l => !l.IsTag).Select(l => l.Path).Distinct(StringComparer.Ordinal).Select(p => new ListedFile(p))];

    private static string? Algorithm(string path)
    {
        var name = path.StartsWith("tag", StringComparison.Ordinal) ? path[3..] : path;
        return name.StartsWith("manifest-", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)
            ? name["manifest-".Length..^".txt".Length].ToLowerInvariant() : null;
    }

    private static void Declaration(BagReading bag, string text)
    {
        var lines = Lines(text);
        bag.HasDeclaration = true;
        bag.Version = lines.FirstOrDefault(l => l.StartsWith("BagIt-Version:", StringComparison.Ordinal))?["BagIt-Version:".Length..].Trim();
        bag.Encoding = lines.FirstOrDefault(l => l.StartsWith("Tag-File-Character-Encoding:", StringComparison.Ordinal))?["Tag-File-Character-Encoding:".Length..].Trim();
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
            if (gap <= 0 || bag.Lines.Count >= MaxLines)
            {
                bag.Faults.Add((path, line, "摘要值 路径"));
                continue;
            }

            var name = line[gap..].TrimStart(' ', '\t').TrimStart('*').Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
            bag.Lines.Add(new BagLine(path, algorithm, line[..gap], name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name, isTag));
        }
    }

    private static string[] Lines(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
}

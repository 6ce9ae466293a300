using System.Globalization;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads a register from XML, Excel or CSV, whichever its content is.</summary>
internal static class RegisterReader
{
    private const int SizeCap = 64 * 1024 * 1024;
    private const int MaxRows = 200_000;

    public static RegisterReading Read(string path, RegisterNames names, CancellationToken stop)
    {
        var name = Path.GetFileName(path);
        try
        {
            var bytes = RegularFile.Read(path, SizeCap);
            return bytes.Length > SizeCap ? Broken(name, $"超过 {SizeCap / 1024 / 1024} MiB，没有读")
                : bytes.AsSpan().StartsWith("PK"u8) ? FromTable(name, WorkbookTable.Read(bytes, stop), names)
                : IsXml(bytes) ? FromXml(name, bytes, names, stop)
                : DocumentText.Decode(bytes) is { } text ? FromTable(name, SeparatedText.Read(text, stop), names) : Broken(name, "不是 XML、xlsx 或文本");
        }
        catch (InvalidDataException broken)
        {
            return Broken(name, broken.Message);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Broken(name, $"读不了：{trouble.Message}");
        }
    }

    public static RegisterReading FromXml(string name, XElement root, RegisterNames names)
    {
        // Once a parent: all identifiers of a flat register have the same one, and a search for each would take the square of their number.
        var sizes = new Dictionary<XElement, string?>();
        string? Size(XElement parent)
        {
            if (!sizes.TryGetValue(parent, out var size))
            {
                sizes[parent] = size = names.Size.Select(s => PackageMarkup.Of(parent, s)).FirstOrDefault(s => s is not null)?.Trim();
            }

            return size;
        }

        RegisterValue? Value(IReadOnlyList<string> called) => called.SelectMany(c => PackageMarkup.Named(root, c).Where(e => !e.HasElements).Take(1)).Select(e => new RegisterValue(name, e.Name.LocalName, e.Value.Trim())).FirstOrDefault();
        var rows = names.Id.SelectMany(id => PackageMarkup.Named(root, id)).Where(e => !e.HasElements && e.Parent is not null).Take(MaxRows + 1)
            .Select((e, i) => new RegisterRow($"{name} 第 {i + 1} 条", e.Value.Trim(), Size(e.Parent!))).ToList();
        return new RegisterReading(name, Value(names.Count), Value(names.Bytes), rows.Count > MaxRows ? rows[..MaxRows] : rows) { Cut = rows.Count > MaxRows ? $"{name} 超过 {MaxRows} 条，只读了前 {MaxRows} 条" : null };
    }

    private static RegisterReading FromXml(string name, byte[] bytes, RegisterNames names, CancellationToken stop)
    {
        var (root, fault) = PackageMarkup.Read(bytes, stop);
        return root is null ? Broken(name, fault!) : FromXml(name, root, names);
    }

    private static RegisterReading FromTable(string name, IReadOnlyList<IReadOnlyList<string>> rows, RegisterNames names)
    {
        var (count, bytes) = (Beside(name, rows, names.Count), Beside(name, rows, names.Bytes));
        var head = rows.Select((r, i) => (Row: r, Index: i)).FirstOrDefault(r => r.Row.Count > 1 && r.Row.Any(c => names.Id.Contains(Label(c), StringComparer.Ordinal)));
        var listed = new List<RegisterRow>();
        if (head.Row is not null)
        {
            var (id, size) = (Column(head.Row, names.Id), Column(head.Row, names.Size));
            foreach (var (row, i) in rows.Select((r, i) => (r, i)).Skip(head.Index + 1).Where(r => id < r.r.Count && r.r[id].Trim().Length > 0 && !IsLabel(r.r[id], names)))
            {
                listed.Add(new RegisterRow($"{name} 第 {i + 1} 行", row[id].Trim(), size >= 0 && size < row.Count ? row[size].Trim() : null));
            }
        }

        return new RegisterReading(name, count, bytes, listed);
    }

    private static bool IsLabel(string cell, RegisterNames names) => names.Count.Concat(names.Bytes).Contains(Label(cell), StringComparer.Ordinal);

    private static int Column(IReadOnlyList<string> row, IReadOnlyList<string> names)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (names.Contains(Label(row[i]), StringComparer.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value right of its label, or below it where the row holds labels alone.</summary>
    private static RegisterValue? Beside(string name, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<string> called)
    {
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < rows[r].Count; c++)
            {
                if (!called.Contains(Label(rows[r][c]), StringComparer.Ordinal))
                {
                    continue;
                }

                var place = string.Create(CultureInfo.InvariantCulture, $"{name} 第 {r + 1} 行");
                if (c + 1 < rows[r].Count && IsNumberLike(rows[r][c + 1]))
                {
                    return new RegisterValue(place, rows[r][c].Trim(), rows[r][c + 1].Trim());
                }

                if (r + 1 < rows.Count && c < rows[r + 1].Count && IsNumberLike(rows[r + 1][c]))
                {
                    return new RegisterValue(place, rows[r][c].Trim(), rows[r + 1][c].Trim());
                }
            }
        }

        return null;
    }

    private static bool IsNumberLike(string cell) => cell.Trim() is { Length: > 0 } text && char.IsAsciiDigit(text[0]);

    /// <summary>A heading without its colon and the unit in brackets behind it.</summary>
    private static string Label(string cell)
    {
        var text = cell.Trim().TrimEnd('：', ':').Trim();
        var bracket = text.IndexOfAny(['（', '(']);
        return bracket > 0 ? text[..bracket].Trim() : text;
    }

    private static bool IsXml(byte[] bytes)
    {
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, 256));
        var at = head.IndexOfAnyExcept((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\r', (byte)'\n', (byte)'\t']);
        return (at >= 0 && head[at] == (byte)'<') || bytes is [0xFF, 0xFE, (byte)'<', ..] or [0xFE, 0xFF, 0, (byte)'<', ..];
    }

    private static RegisterReading Broken(string name, string why) => new(name, null, null, []) { Fault = why };
}

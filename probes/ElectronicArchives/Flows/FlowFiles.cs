using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a flow reads of files it downloaded, under caps; whether a package is as it should be is asked by the package probe.</summary>
internal static class FlowFiles
{
    private const int MostBytes = 16 * 1024 * 1024;
    private const int MostElements = 50_000;

    /// <summary>Rows below the head of a CSV, or of the first sheet of a workbook; null where it is neither.</summary>
    public static int? Rows(string path)
    {
        if (!IsZip(path))
        {
            var lines = File.ReadLines(path, Encoding.UTF8).Take(1_000_001).Count(l => l.Trim().Length > 0);
            return lines == 0 ? null : lines - 1;
        }

        var rows = 0;
        return Parts(path, n => n.EndsWith("worksheets/sheet1.xml", StringComparison.Ordinal), (name, _) => rows += name == "row" ? 1 : 0) ? Math.Max(0, rows - 1) : null;
    }

    /// <summary>Texts by name of the element that holds them, of every XML of a package; null where there is none.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>>? Elements(string path)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        return File.Exists(path) && IsZip(path) && Parts(path, n => n.EndsWith(".xml", StringComparison.OrdinalIgnoreCase), Add) ? found : null;

        void Add(string name, string text)
        {
            if (text.Length > 0 && found.Count < MostElements)
            {
                if (!found.TryGetValue(name, out var values))
                {
                    values = new HashSet<string>(StringComparer.Ordinal);
                    found[name] = values;
                }

                values.Add(text);
            }
        }
    }

    private static bool IsZip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 'P' && file.ReadByte() == 'K';
    }

    /// <summary>Calls <paramref name="element"/> at the start of each element, with the text where it holds nothing but text.</summary>
    private static bool Parts(string path, Func<string, bool> wanted, Action<string, string> element)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var parts = zip.Entries.Where(e => wanted(e.FullName) && e.Length <= MostBytes).Take(100).ToList();
            foreach (var part in parts)
            {
                using var stream = new MemoryStream(Bounded(part));
                using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
                Walk(reader, element);
            }

            return parts.Count > 0;
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            return false;
        }
    }

    private static void Walk(XmlReader reader, Action<string, string> element)
    {
        string? name = null;
        var text = new StringBuilder();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Tell();
                    (name, _) = (reader.IsEmptyElement ? null : reader.LocalName, text.Clear());
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when name is not null:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    Tell();
                    name = null;
                    break;
            }
        }

        void Tell()
        {
            if (name is not null)
            {
                element(name, text.ToString().Trim());
            }
        }
    }

    private static byte[] Bounded(ZipArchiveEntry part)
    {
        using var stream = part.Open();
        var bytes = new byte[MostBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MostBytes ? throw new InvalidDataException("过大") : bytes[..length];
    }
}

/// <summary>Paths like <c>data.list.0.title</c>.</summary>
internal static class JsonPath
{
    /// <summary>Null where there is nothing, or no plain value.</summary>
    public static string? Text(JsonElement root, string path)
    {
        var at = root;
        foreach (var part in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(), _ => null };
    }
}

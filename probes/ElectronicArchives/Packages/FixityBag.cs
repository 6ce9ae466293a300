using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>固化清单 in the form of a bag (RFC 8493): what was handed in, laid under data/ beside these files, can be checked by any tool for bags, years later.</summary>
internal static class FixityBag
{
    /// <summary>Below what one piece of evidence may have.</summary>
    private const int MostCharacters = 16 << 20;

    private sealed record Payload(string Path, long Bytes, string Sm3, string Sha256);

    /// <returns>Name in the bag, content, and what it is in a sentence.</returns>
    public static IReadOnlyList<(string Name, string Text, string Title)> Of(BatchReading batch)
    {
        var payload = new List<Payload>();
        var left = new List<string>(batch.IsWhole ? [] : [BatchReading.PassedOver]);
        batch.Packages.ToList().ForEach(p => Add(p, batch.IsOnePackage ? "" : p.Name + "/", payload, left));
        payload.AddRange(batch.Beside.Select(b => new Payload(Path.GetFileName(b.Path), b.Bytes, b.Sm3, b.Sha256)));
        left.AddRange(batch.BesideUnread.Select(n => $"{n} 没有读到底"));
        payload.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var (sha256, sm3) = (Manifest(payload, p => p.Sha256), Manifest(payload, p => p.Sm3));
        if (sha256.IsCut || sm3.IsCut)
        {
            left.Add("文件太多，清单没有列全");
        }

        const string Declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        return
        [
            ("bagit.txt", Declared, "固化清单（BagIt 形式）：声明"),
            ("bag-info.txt", Information(batch, payload, left), "固化清单（BagIt 形式）：怎样使用，总字节数与文件数"),
            ("manifest-sha256.txt", sha256.Text, "固化清单（BagIt 形式）：SHA-256，可用 BagIt 工具或 sha256sum -c 核对"),
            ("manifest-sm3.txt", sm3.Text, "固化清单（BagIt 形式）：SM3"),
        ];
    }

    private static void Add(PackageReading package, string folder, List<Payload> payload, List<string> left)
    {
        if (package.FileBytes is { } bytes)
        {
            if (package.Digests.TryGetValue("SM3", out var sm3) && package.Digests.TryGetValue("SHA-256", out var sha256))
            {
                payload.Add(new Payload(package.Name, bytes, sm3, sha256));
            }
            else
            {
                left.Add($"{package.Name} 没有读到底");
            }

            return;
        }

        if (package.IsUnread || package.Faults.Exists(f => f.Kind is ContainerFaultKind.Link or ContainerFaultKind.Unreadable or ContainerFaultKind.TooManyEntries or ContainerFaultKind.NoContainer))
        {
            left.Add($"{package.Name} 没有读全");
        }

        foreach (var file in package.Files)
        {
            if (file is { Fault: null, Sm3: { } sm3, Sha256: { } sha256 })
            {
                payload.Add(new Payload(folder + file.Path, file.Bytes, sm3, sha256));
            }
            else
            {
                left.Add($"{package.Name} {file.Path} 没有读到底");
            }
        }
    }

    /// <summary>An incomplete one states no total, so that it cannot pass for complete.</summary>
    private static string Information(BatchReading batch, List<Payload> payload, List<string> left)
    {
        var use = "把交来的目录里的内容（或那一个文件）原样放在 data/ 之下，与这几个文件同一层，即成 BagIt 包；用任何 BagIt 工具核对，或 sha256sum -c manifest-sha256.txt";
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Bag-Software-Agent: SmartCity.SecurityCheck\nBagging-Date: {batch.Now:yyyy-MM-dd}\nExternal-Description: {use}\n");
        if (left.Count > 0)
        {
            return text.Append(CultureInfo.InvariantCulture, $"Incomplete: {OneLine(left[0])}{(left.Count > 1 ? $" 等 {left.Count} 处" : "")}；清单不完整，核对会报缺漏\n").ToString();
        }

        return text.Append(CultureInfo.InvariantCulture, $"Payload-Oxum: {payload.Sum(p => p.Bytes)}.{payload.Count}\n").ToString();
    }

    private static (string Text, bool IsCut) Manifest(List<Payload> payload, Func<Payload, string> digest)
    {
        var text = new StringBuilder();
        foreach (var file in payload)
        {
            if (text.Length > MostCharacters)
            {
                return (text.ToString(), IsCut: true);
            }

            text.Append(digest(file)).Append("  data/").Append(Escaped(file.Path)).Append('\n');
        }

        return (text.ToString(), IsCut: false);
    }

    private static string Escaped(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A bundle as the collector writes it, or almost.</summary>
internal sealed class MadeBundle
{
    public const string Top = "securitycheck-host/";

    private readonly List<(string Name, byte[] Content, TarEntryType Type, string? Link)> _entries = [];

    public MadeBundle()
    {
        Add("format.txt", Collector.Format + "\n");
        Add("index.tsv", "/etc/passwd\tread\tregular file\t644\troot\troot\t30\t1700000000\t\tf/1\n/etc/shadow\tdenied\tregular file\t640\troot\tshadow\t9\t1700000000\t\t\n");
        Add("commands.tsv", "kernel\t0\tuname -srm\nnft\tmissing\tnft list ruleset\n");
        Add("f/1", "root:x:0:0::/root:/bin/bash\n");
        Add("c/kernel", "Linux 6.1 x86_64\n");
    }

    public MadeBundle Add(string name, string content, TarEntryType type = TarEntryType.RegularFile, string? link = null)
    {
        _entries.Add((Top + name, Encoding.UTF8.GetBytes(content), type, link));
        return this;
    }

    public MadeBundle Named(string fullName, string content = "x")
    {
        _entries.Add((fullName, Encoding.UTF8.GetBytes(content), TarEntryType.RegularFile, null));
        return this;
    }

    public MadeBundle Replace(string name, string content)
    {
        _entries.RemoveAll(e => e.Name == Top + name);
        return Add(name, content);
    }

    public byte[] Pack(string? manifest = null)
    {
        var lines = manifest ?? string.Concat(_entries.Where(e => e.Type == TarEntryType.RegularFile && e.Name.StartsWith(Top, StringComparison.Ordinal))
            .Select(e => $"{Convert.ToHexStringLower(SHA256.HashData(e.Content))}  {e.Name[Top.Length..]}\n"));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Ustar))
        {
            foreach (var (name, content, type, link) in _entries.Append((Name: Top + "MANIFEST.sha256", Content: Encoding.UTF8.GetBytes(lines), Type: TarEntryType.RegularFile, Link: null)))
            {
                var entry = new UstarTarEntry(type, name);
                if (link is not null)
                {
                    entry.LinkName = link;
                }
                else if (type == TarEntryType.RegularFile)
                {
                    entry.DataStream = new MemoryStream(content);
                }

                tar.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }
}

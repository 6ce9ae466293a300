using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Unpacks a bundle in memory. It comes from a stranger: only the few names the collector writes are taken, each once, under caps, and
/// every byte must be the one its manifest names. Links, devices and long names are refused, as the collector writes none.
/// </summary>
internal static class BundleArchive
{
    public const int PackedCap = 64 * 1024 * 1024;
    private const string Top = "securitycheck-host/";
    private const string Manifest = "MANIFEST.sha256";
    private const int Block = 512;
    private const int UnpackedCap = 192 * 1024 * 1024;
    private const int EntryCap = 8 * 1024 * 1024;
    private const int Entries = 4096;

    /// <summary>Text files compress tenfold; a bomb a thousandfold.</summary>
    private const int RatioCap = 200;
    private const int RatioFreely = 4 * 1024 * 1024;

    /// <returns>Content by name below the top folder, the manifest left out.</returns>
    /// <exception cref="UnableException">Anything that is not as the collector writes it; the message names the entry.</exception>
    public static IReadOnlyDictionary<string, byte[]> Open(byte[] packed)
    {
        if (packed.Length > PackedCap)
        {
            throw Bad($"取证包超过 {PackedCap / 1024 / 1024} MiB");
        }

        var files = Untar(Unzip(packed));
        if (!files.Remove(Manifest, out var manifest))
        {
            throw Bad($"取证包里没有 {Manifest}");
        }

        Compare(files, Encoding.UTF8.GetString(manifest));
        return files;
    }

    private static byte[] Unzip(byte[] packed)
    {
        using var plain = new MemoryStream();
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = zip.Read(buffer)) > 0)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > UnpackedCap || (plain.Length > RatioFreely && plain.Length / RatioCap > packed.Length))
                {
                    throw Bad("取证包解压后过大，可能是压缩炸弹，未展开");
                }
            }
        }
        catch (InvalidDataException broken)
        {
            throw new UnableException(FailureKind.BadInput, "取证包不是完整的 gzip 文件（传输截断或损坏）", broken);
        }

        // The stream does not miss the end of the file: the last four bytes are the length of what was packed (RFC 1952 §2.3.1).
        return packed.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 4)) == plain.Length
            ? plain.ToArray()
            : throw Bad("取证包不是完整的 gzip 文件（传输截断或损坏）");
    }

    private static Dictionary<string, byte[]> Untar(byte[] tar)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 0; ;)
        {
            if (at + Block > tar.Length)
            {
                throw Bad("取证包里的 tar 没有结尾，可能被截断");
            }

            var header = tar.AsSpan(at, Block);
            at += Block;
            if (header.IndexOfAnyExcept((byte)0) < 0)
            {
                return files;
            }

            var name = Name(header);
            var size = Size(header, name);
            if (size > tar.Length - at)
            {
                throw Bad($"取证包的条目 {name} 不完整");
            }

            switch (header[156])
            {
                case (byte)'5' when size == 0:
                    break;
                case (byte)'0' or 0:
                    Add(files, name, tar.AsSpan(at, size).ToArray());
                    break;
                default:
                    throw Bad($"取证包的条目 {name} 不是普通文件（链接、设备或扩展头），未展开");
            }

            at += (size + Block - 1) / Block * Block;
        }
    }

    private static void Add(Dictionary<string, byte[]> files, string name, byte[] content)
    {
        if (!name.StartsWith(Top, StringComparison.Ordinal) || !IsOurs(name[Top.Length..]))
        {
            throw Bad($"取证包里有不属于取证脚本的条目 {name}，未展开");
        }

        if (files.Count >= Entries)
        {
            throw Bad($"取证包的条目超过 {Entries} 个");
        }

        if (!files.TryAdd(name[Top.Length..], content))
        {
            throw Bad($"取证包的条目 {name} 出现两次");
        }
    }

    private static bool IsOurs(string name) =>
        name is "format.txt" or "index.tsv" or "commands.tsv" or Manifest
        || (name.StartsWith("f/", StringComparison.Ordinal) && name.Length is > 2 and <= 8 && name.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0)
        || (name.StartsWith("c/", StringComparison.Ordinal) && name.Length is > 2 and <= 42 && name.Skip(2).All(c => char.IsAsciiLetterLower(c) || c == '-'));

    /// <summary>Shown to people, so that it is cut and made printable.</summary>
    private static string Name(ReadOnlySpan<byte> header)
    {
        var sum = header.ToArray().Select((b, i) => i is >= 148 and < 156 ? (int)' ' : b).Sum();
        if (Octal(header.Slice(148, 8)) != sum)
        {
            throw Bad("取证包里的 tar 头校验和不对");
        }

        var prefix = header.Slice(257, 5).SequenceEqual("ustar"u8) && header[262] == 0 ? Field(header.Slice(345, 155)) : "";
        var name = Field(header[..100]);
        return new string([.. (prefix.Length > 0 ? $"{prefix}/{name}" : name).Select(c => c is < ' ' or > '~' ? '?' : c)]);
    }

    private static string Field(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static int Size(ReadOnlySpan<byte> header, string name) =>
        Octal(header.Slice(124, 12)) is { } size && size <= EntryCap ? (int)size : throw Bad($"取证包的条目 {name} 大小不对或超过 {EntryCap / 1024 / 1024} MiB");

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim("\0 "u8);
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > int.MaxValue)
            {
                return null;
            }

            value = (value << 3) + (digit - '0');
        }

        return digits.IsEmpty ? null : value;
    }

    private static void Compare(Dictionary<string, byte[]> files, string manifest)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in manifest.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = line.IndexOf("  ", StringComparison.Ordinal);
            var name = cut == 64 ? line[(cut + 2)..] : "";
            if (!files.TryGetValue(name, out var content))
            {
                throw Bad($"取证包清单里的条目不存在：{(name.Length is > 0 and < 60 && IsOurs(name) ? name : "（格式不对）")}");
            }

            if (!named.Add(name) || !string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), line[..cut], StringComparison.Ordinal))
            {
                throw Bad($"取证包的条目 {name} 与清单里的 SHA-256 不一致，可能被改动");
            }
        }

        if (files.Keys.FirstOrDefault(n => !named.Contains(n)) is { } extra)
        {
            throw Bad($"取证包的条目 {extra} 不在清单里");
        }
    }

    private static UnableException Bad(string why) => new(FailureKind.BadInput, why);
}

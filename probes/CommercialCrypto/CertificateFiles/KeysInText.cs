using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Private keys in files of settings: base64 of a key behind a name, sections of PEM whose line ends are written as \\n.</summary>
internal static partial class KeysInText
{
    private const int LongestText = 4 * 1024 * 1024;
    private const int MostRuns = 2000;
    private const int ShortestRun = 48;
    private const int MostKeyBytes = 16 * 1024;
    private const byte Sequence = 0x30;

    private static readonly (byte[] Begins, string Name)[] Archives =
    [
        ("PK\u0003\u0004"u8.ToArray(), "ZIP 压缩文件"),
        ([0x1F, 0x8B], "gzip 压缩文件"),
        ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩文件"),
        ([0xFD, 0x37, 0x7A, 0x58], "xz 压缩文件"),
        ("BZh"u8.ToArray(), "bzip2 压缩文件"),
        ("Rar!"u8.ToArray(), "RAR 压缩文件"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd 压缩文件"),
    ];

    /// <summary>What a file may be in which keys are hidden from this probe; null where it is a text or empty.</summary>
    public static string? NotLookedInto(ReadOnlySpan<byte> file) => Archive(file)
        ?? (file.Length > LongestText ? "文件太大，没有在其中找私钥" : file.IndexOfAnyInRange((byte)0x00, (byte)0x08) >= 0 ? "认不出的二进制文件，里面可能有私钥" : null);

    /// <summary>What kind of archive it is; null for none. That one part of it could be read does not say what the others are.</summary>
    public static string? Archive(ReadOnlySpan<byte> file)
    {
        foreach (var (begins, name) in Archives)
        {
            if (file.StartsWith(begins))
            {
                return $"{name}，没有打开，里面可能有私钥；请解开后再交";
            }
        }

        return null;
    }

    /// <summary>Sections with their line ends put right; null where none are written so.</summary>
    public static byte[]? Unescaped(ReadOnlySpan<byte> file)
    {
        if (file.Length > LongestText || file.IndexOf("-----BEGIN "u8) < 0 || file.IndexOf("\\n"u8) < 0)
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(file).Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\/", "/", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>The text of a file that is text, one letter a byte; null for one that is none, too long, or a structure of its own.</summary>
    public static string? TextOf(ReadOnlySpan<byte> file)
    {
        if (file.Length > LongestText)
        {
            return null;
        }

        // Zeros behind the last letter hide nothing; UTF-16 has one beside each letter of this alphabet.
        var zeros = file.TrimEnd((byte)0).Count((byte)0);
        return zeros == 0 ? Encoding.Latin1.GetString(file.TrimEnd((byte)0)) : 4 * zeros >= file.Length ? Encoding.Latin1.GetString(file).Replace("\0", "", StringComparison.Ordinal) : null;
    }

    /// <summary>Keys in clear, each with the place of its text.</summary>
    public static IEnumerable<(int Offset, KeyContainer Key)> Find(byte[] file)
    {
        if (file.Length > LongestText)
        {
            yield break;
        }

        var text = Encoding.Latin1.GetString(file);
        foreach (var run in Base64Run().Matches(text).Where(m => m.Length is >= ShortestRun and <= 2 * MostKeyBytes).Take(MostRuns))
        {
            // The body of a PEM section, and a file that is nothing else, were read already.
            var isRead = IsSection(text, run) || text.AsSpan().Trim().Length == run.Length;
            if (!isRead && DecodedKey(run.Value) is { } key)
            {
                yield return (run.Index, key);
            }
        }
    }

    /// <summary>From a line that begins a section to the line that ends the same.</summary>
    private static bool IsSection(string text, Match run)
    {
        const int longest = 96;
        const string begin = "-----BEGIN ", dashes = "-----";
        var before = text.AsSpan(0, run.Index).TrimEnd();
        before = before[Math.Max(0, before.Length - longest)..];
        var at = before.LastIndexOf(begin, StringComparison.Ordinal);
        return at >= 0 && before.EndsWith(dashes, StringComparison.Ordinal) && before.Length > at + begin.Length + dashes.Length
            && text.AsSpan(run.Index + run.Length).TrimStart().StartsWith($"-----END {before[(at + begin.Length)..^dashes.Length]}-----", StringComparison.Ordinal);
    }

    private static KeyContainer? DecodedKey(string run)
    {
        var bare = run.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var padded = bare.PadRight((bare.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, bytes, out var written) || written < 32 || bytes[0] != Sequence || written > MostKeyBytes)
        {
            return null;
        }

        try
        {
            DerGuard.Check(bytes.AsMemory(0, written), DerLimits.Cms with { MaxIntegerBytes = 2056 });
            return KeyContainerReader.ReadDer(bytes.AsMemory(0, written), out _);
        }
        catch (DerRejectedException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[A-Za-z0-9+/_-]+={0,2}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Base64Run();
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whom an address of pg_hba.conf means.</summary>
/// <param name="Text">As it is written, with its mask.</param>
/// <param name="IsOpen">Everybody, or so many that it is no limit: more than a block of /8, or of fc00::/7.</param>
/// <param name="IsLocal">The host itself alone.</param>
/// <param name="NeedsMask">An address whose mask is the next field.</param>
internal sealed record HbaNet(string Text, bool IsOpen, bool IsLocal, bool NeedsMask)
{
    /// <summary>Whether it is of IPv4; null for names and words, which may be of both.</summary>
    public bool? IsFour => Number(Text.Split(['/', ' '])[0])?.AddressFamily is { } family ? family == AddressFamily.InterNetwork : null;

    /// <summary>Everybody of its family, or of both for the word.</summary>
    public bool IsEverybody { get; private init; }

    private const int SmallestPrefix4 = 8;
    private const int SmallestPrefix6 = 7;

    public static HbaNet Of(ConfigLine line, HbaWord word)
    {
        if (!word.IsQuoted && word.Text is "all" or "samehost" or "samenet")
        {
            return new(word.Text, word.Text == "all", word.Text == "samehost", false) { IsEverybody = word.Text == "all" };
        }

        var slash = word.Text.IndexOf('/', StringComparison.Ordinal);
        if (Number(slash < 0 ? word.Text : word.Text[..slash]) is not { } address)
        {
            // A name: behind a dot everything that ends so; a slash belongs into none.
            return slash >= 0 || word.Text.Length == 0 ? throw HbaFile.Invalid(line, $"来源 {word.Text}") : new(word.Text, word.Text[0] == '.' && word.Text.Count(c => c == '.') < 2, word.Text == "localhost", false);
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return slash < 0 ? new(word.Text, false, false, true)
            : int.TryParse(word.Text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= bits ? Sized(word.Text, address, prefix, prefix >= 8)
            : throw HbaFile.Invalid(line, $"来源 {word.Text}");
    }

    /// <summary>With a mask of its own, which may have any bits.</summary>
    public HbaNet Masked(ConfigLine line, string mask)
    {
        var address = Number(Text)!;
        return Number(mask) is { } number && number.AddressFamily == address.AddressFamily
            ? Sized($"{Text} {mask}", address, number.GetAddressBytes().Sum(b => BitOperations.PopCount(b)), number.GetAddressBytes()[0] == 0xFF)
            : throw HbaFile.Invalid(line, $"掩码 {mask}");
    }

    private static HbaNet Sized(string text, IPAddress address, int bits, bool isFirstByteFixed) => address.AddressFamily == AddressFamily.InterNetwork
        ? new(text, bits < SmallestPrefix4, isFirstByteFixed && address.GetAddressBytes()[0] == 127, false) { IsEverybody = bits == 0 }
        : new(text, bits < SmallestPrefix6, bits == 128 && address.Equals(IPAddress.IPv6Loopback), false) { IsEverybody = bits == 0 };

    /// <summary>As the C library reads numbers: fewer than four of them, octal and hexadecimal too.</summary>
    private static IPAddress? Number(string text) =>
        text.Length is > 0 and < 64 && (text.Contains(':', StringComparison.Ordinal) || char.IsAsciiDigit(text[0])) && IPAddress.TryParse(text, out var address) ? address : null;
}

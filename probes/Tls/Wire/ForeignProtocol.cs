using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What is spoken on a port that answered a ClientHello with something else.</summary>
internal enum ForeignProtocol
{
    PlainHttp,
    Ssh,

    /// <summary>A greeting of mail or file transfer: TLS may follow a STARTTLS dialogue.</summary>
    TextGreeting,
    Unrecognised,
}

/// <summary>Names what the first bytes of a port are, when they are no record of TLS or TLCP.</summary>
internal static class ForeignGreeting
{
    /// <summary>As many bytes decide; a slow server is waited for until they are there.</summary>
    public const int Decisive = 8;

    private const int BannerLength = 80;

    /// <param name="first">What was received; at least one byte.</param>
    public static Foreign Recognise(ReadOnlySpan<byte> first)
    {
        var text = Encoding.Latin1.GetString(first[..Math.Min(first.Length, 16)]).TrimStart();
        return new Foreign(ProtocolOf(text), PrintableText.Of(first[..Math.Min(first.Length, BannerLength)]));
    }

    private static ForeignProtocol ProtocolOf(string text)
    {
        if (Begins(text, "HTTP/") || Begins(text, "<!DOCTYPE") || Begins(text, "<html"))
        {
            return ForeignProtocol.PlainHttp;
        }

        if (Begins(text, "SSH-"))
        {
            return ForeignProtocol.Ssh;
        }

        return Begins(text, "220") || Begins(text, "+OK") || Begins(text, "* OK")
            ? ForeignProtocol.TextGreeting
            : ForeignProtocol.Unrecognised;
    }

    /// <summary>A prefix either way: a cut connection may have left only the first letters.</summary>
    private static bool Begins(string text, string word) =>
        text.Length >= 2 && (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || word.StartsWith(text, StringComparison.OrdinalIgnoreCase));
}

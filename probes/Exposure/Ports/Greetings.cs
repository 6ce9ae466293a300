using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Services that speak first, known by their first bytes.</summary>
internal static class Greetings
{
    /// <summary>IAC with an option of Telnet (RFC 854).</summary>
    private const byte InterpretAsCommand = 255;

    public static FoundPort Recognise(int port, ReadOnlySpan<byte> greeting)
    {
        var text = Encoding.Latin1.GetString(greeting);
        var service =
            text.StartsWith("SSH-", StringComparison.Ordinal) ? "ssh"
            : greeting is [InterpretAsCommand, >= 251 and <= 254, ..] ? "telnet"
            : text.StartsWith("RFB ", StringComparison.Ordinal) ? "vnc"
            : text.StartsWith("@RSYNCD:", StringComparison.Ordinal) ? "rsync"
            : text.StartsWith("+OK", StringComparison.Ordinal) ? "pop3"
            : text.StartsWith("* OK", StringComparison.Ordinal) ? "imap"
            : text.StartsWith("220", StringComparison.Ordinal) ? text.Contains("SMTP", StringComparison.OrdinalIgnoreCase) ? "smtp" : text.Contains("FTP", StringComparison.OrdinalIgnoreCase) ? "ftp" : null
            : IsMySql(greeting) ? "mysql"
            : null;
        return new FoundPort(port, service, false, null, service == "mysql" ? MySqlVersion(greeting) : service == "ssh" ? Plain.Ascii(greeting, 60).TrimEnd('.') : null);
    }

    /// <summary>Three bytes of length, number zero, and protocol 10 or an error packet.</summary>
    private static bool IsMySql(ReadOnlySpan<byte> greeting) =>
        greeting.Length > 8 && greeting[3] == 0 && greeting[2] == 0 && greeting[0] + (greeting[1] << 8) + 4 <= greeting.Length && greeting[4] is 10 or 255;

    private static string? MySqlVersion(ReadOnlySpan<byte> greeting)
    {
        var end = greeting[4] == 10 ? greeting[5..].IndexOf((byte)0) : -1;
        return end is > 0 and < 60 ? Plain.Ascii(greeting.Slice(5, end), 60) : null;
    }
}

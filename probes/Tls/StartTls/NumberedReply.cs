namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A reply of SMTP (RFC 5321 §4.2) or FTP (RFC 959 §4.2): three digits and text, on one line or several.</summary>
/// <param name="Code">200–599.</param>
/// <param name="Lines">Without the code; at least one.</param>
internal sealed record NumberedReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxLines = 200;

    private const int ShownLength = 200;

    /// <summary>The first line with its code, for people.</summary>
    public string Shown => PrintableText.Of($"{Code} {Lines[0]}", ShownLength);

    /// <exception cref="SmartCity.SecurityCheck.Probing.UnableException">No such reply.</exception>
    public static async Task<NumberedReply> ReadAsync(StartTlsWire wire, CancellationToken cancellationToken)
    {
        var first = await wire.LineAsync(cancellationToken);
        var lines = new List<string> { Text(first) };
        var code = CodeOf(first) ?? throw StartTlsWire.Unreadable($"应答不是三位数字开头：{PrintableText.Of(first, 60)}");
        for (var line = first; !IsLast(line, code);)
        {
            line = await wire.LineAsync(cancellationToken);
            lines.Add(CodeOf(line) == code ? Text(line) : line.Trim());
            if (lines.Count > MaxLines)
            {
                throw StartTlsWire.Unreadable($"应答超过 {MaxLines} 行");
            }
        }

        return new NumberedReply(code, lines);
    }

    /// <summary>Servers may leave out the text and the blank before it.</summary>
    private static bool IsLast(string line, int code) => CodeOf(line) == code && (line.Length == 3 || line[3] != '-');

    private static int? CodeOf(string line) =>
        line.Length >= 3 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2]) && (line.Length == 3 || line[3] is ' ' or '-')
            ? int.Parse(line.AsSpan(0, 3))
            : null;

    private static string Text(string line) => line.Length > 4 ? line[4..].Trim() : string.Empty;
}

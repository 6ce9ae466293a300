namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Words of strangers as they may be shown: no control characters, no line breaks, bounded.</summary>
internal static class Plain
{
    public static string Text(string text, int cap)
    {
        var kept = text.Length <= cap ? text : text[..cap] + "…";
        return string.Concat(kept.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '·' : c)).Trim();
    }

    /// <summary>ASCII alone; every other byte is a dot.</summary>
    public static string Ascii(ReadOnlySpan<byte> bytes, int cap)
    {
        var text = new char[Math.Min(bytes.Length, cap)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.';
        }

        return new string(text).Trim();
    }
}

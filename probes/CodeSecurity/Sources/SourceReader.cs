using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A file as it was read, or why it was not.</summary>
internal abstract record SourceReading
{
    private SourceReading() { }

    internal sealed record Taken(SourceFile File) : SourceReading;

    internal sealed record NotTaken(LeftOutEntry Entry) : SourceReading;
}

/// <summary>Reads the files a walk listed.</summary>
internal sealed class SourceReader(FileTree tree, SourceLimits limits)
{
    /// <summary>One character in so many may be lost before a file is no longer read without them.</summary>
    private const int CharactersPerLost = 10;

    /// <returns>The bytes, or why there are none.</returns>
    public (byte[]? Bytes, LeftOutEntry? Why) Fetch(SourceEntry entry)
    {
        try
        {
            return (tree.Read(entry.Path, limits.FileBytes), null);
        }
        catch (UnableException unable)
        {
            return (null, new LeftOutEntry(entry.Path, LeftOutReason.Unreadable, unable.Message, 1));
        }
    }

    /// <param name="entry">As it was listed.</param>
    /// <param name="bytes">Of the file.</param>
    public static SourceReading Read(SourceEntry entry, byte[] bytes)
    {
        if (Archives.Is(entry.Path, bytes))
        {
            return Not(entry, LeftOutReason.Archive, null);
        }

        if (Charsets.Decode(bytes) is not { } decoded)
        {
            // A zero byte in a comment makes no program binary, whatever an editor thinks of it.
            return LanguageNames.Of(entry.Path, string.Empty) == SourceLanguage.Other && !OtherLanguages.Has(entry.Path)
                ? Not(entry, LeftOutReason.Binary, null)
                : Not(entry, LeftOutReason.Undecodable, "按扩展名是源代码，内容不像文本");
        }

        if (decoded.IsDamaged && decoded.Text.AsSpan().Count('\uFFFD') is var lost && lost * CharactersPerLost > decoded.Text.Length)
        {
            return Not(entry, LeftOutReason.Undecodable, $"{lost} 个字符解不开");
        }

        var text = LineEnds.WithoutLoneReturns(decoded.Text);
        var language = LanguageNames.Of(entry.Path, text);
        return MachineWritten.Why(entry.Path, text) is { } why
            ? Not(entry, why.Reason, why.Detail)
            : new SourceReading.Taken(new SourceFile(entry.Path, language, text, decoded.Charset, LineEnds.CountLines(text)));
    }

    private static SourceReading.NotTaken Not(SourceEntry entry, LeftOutReason reason, string? detail) => new(new LeftOutEntry(entry.Path, reason, detail, 1));
}

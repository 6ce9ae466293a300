using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class ScannerFuzzTests
{
    private const int Rounds = 400;

    /// <summary>Everything that opens something, in any language.</summary>
    private static readonly string[] Openers =
    [
        "\"", "'", "`", "\"\"\"", "'''", "/*", "*/", "//", "#", "--", "<!--", "-->", "<![CDATA[", "]]>", "${", "$(", "{{", "}}", "{", "}", "(", ")", "[", "]",
        "<<EOF\n", "<<-'X'\n", "<<<EOT\n", "<<<'N'\n", "\nEOF\n", "\nEOT;\n", "<?php ", "<?= ", "?>", "<%", "<%=", "<%--", "--%>", "<%@ ", "%>", "<script>", "</script>", "<style>",
        "<a b='", "R\"(", "R\"x(", ")x\"", "$\"", "$@\"", "@\"", "$$\"\"\"", "f\"", "rb'''", "\\", "\\u000a", "\n", "\r", "\r\n", "\u2028", "\u3000", "\uFEFF", "\uD800", "|\n  ", ": ", "- ", ">", "<", "&a ", "*b ", "!t ",
        "=", "\\\n", "key: |\n", "/", "/[", "\0", "1e+", "0x", "..", "国密", "word", " ", "\t", "$name", "@", "$", "%", ";",
    ];

    public static TheoryData<SourceLanguage> Languages => [.. Enum.GetValues<SourceLanguage>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Anything_is_taken_apart_in_order_and_inside_the_text(SourceLanguage language)
    {
        var random = new SeededBytes(0x70C0DE + (ulong)language);
        for (var round = 0; round < Rounds; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Below(120)).Select(_ => Openers[random.Below(Openers.Length)]));
            Check(Tokenizer.Tokenize(Pieces.File(language, text)));
            Check(Tokenizer.TokenizeFragment(Pieces.File(language, text)));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Good_files_with_damage_are_taken_apart_too(SourceLanguage language)
    {
        var random = new SeededBytes(0xDA3A6E + (ulong)language);
        var bytes = System.Text.Encoding.UTF8.GetBytes(Samples.Of(language));
        for (var round = 0; round < Rounds; round++)
        {
            Check(Tokenizer.Tokenize(Pieces.File(language, System.Text.Encoding.UTF8.GetString(random.Mutate(bytes)))));
        }
    }

    /// <summary>A reading that goes back for each of 200,000 characters takes many seconds; one that does not takes milliseconds, on the quietest of a few tries.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Time_grows_with_the_text(SourceLanguage language)
    {
        foreach (var opener in Openers.Concat(["/[/", "{{ ", "<<A ", "& ", "${\"", "{`${", "$$", "R\"(", "<a ", "\\u", "`${`${", "\"$(", "- - ", "a: - "]))
        {
            var tries = Enumerable.Range(0, 8).Select(_ => Measure(language, opener, 200_000));
            Assert.True(tries.Any(t => t < TimeSpan.FromMilliseconds(300)), $"{language} {opener}");
        }
    }

    /// <summary>Where each of very many looks for the same far end, even a quick search takes many seconds of millions of characters.</summary>
    [Theory]
    [InlineData(SourceLanguage.Java, "//\\u000a")]
    [InlineData(SourceLanguage.Java, "/**\\u002f")]
    [InlineData(SourceLanguage.Php, "<?//?>")]
    [InlineData(SourceLanguage.Html, "{{a}}")]
    [InlineData(SourceLanguage.Properties, "[a]")]
    public void A_far_end_is_looked_for_once(SourceLanguage language, string opener) =>
        Assert.True(Enumerable.Range(0, 3).Any(_ => Measure(language, opener, 1_000_000) < TimeSpan.FromSeconds(2)), opener);

    private static TimeSpan Measure(SourceLanguage language, string opener, int characters)
    {
        var file = Pieces.File(language, string.Concat(Enumerable.Repeat(opener, (characters / opener.Length) + 1)));
        var watch = Stopwatch.StartNew();
        GC.KeepAlive(Tokenizer.Tokenize(file));
        return watch.Elapsed;
    }

    private static void Check(TokenizedSource source)
    {
        var (at, line) = (0, 1);
        foreach (var token in source.Tokens)
        {
            Assert.True(token.Length > 0 && token.Start >= at && token.End <= source.File.Text.Length, $"{source.File.Language} {token} after {at}");
            Assert.True(token.Line >= line && token.Line <= source.File.Lines + 1, $"{source.File.Language} {token}: line {token.Line} of {source.File.Lines}");
            (at, line) = (token.End, token.Line);
            Assert.NotNull(source.ValueOf(token));
            Assert.Equal(LineEnds.CountLines(source.File.Text[..token.Start] + "x"), token.Line);
        }
    }
}

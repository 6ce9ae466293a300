using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a defect of a token rule shows of the code, and what names it from run to run.</summary>
internal static class DefectText
{
    private const int LineCap = 200;
    private const string Blackened = "<已遮盖>";

    private static readonly BoundedExpression NamesAlgorithm = new(
        @"^(?:(?:md[245]|sha[-_]?[0123]?|hmac|sm[2349]|aes|rijndael|desede|3des|des|ede3?|rc[245]|arcfour|arc4|blowfish|bf|idea|cast5|seed|rsa|dsa|ecdsa|ecdh|ec|eddsa|ed|x|dh|ecb|cbc|cfb(?:1|8|128)?|ofb|ctr|gcm|ccm|xts|pkcs[-_]?[157]?|padding|nopadding|no|zero|zeros|zerobyte|iso10126|with|and|mgf|oaep|pss|tls|sslv?[23]?|v1|v1\.[0123]|utf[-_]?(?:8|16)|hex|base(?:16|32|64)|binary|ascii|bc|bouncycastle|prng|native|random|pbkdf2?|pbe|hash|sign|verify|secp|prime|wapip|p|r|k|md|crypto|js|sum|encrypt|decrypt|key|iv|1024|1536|2048|3072|4096|128|192|224|256|384|512|521|1\.[0123])[-_/. +]?)+$",
        RegexOptions.IgnoreCase);

    /// <summary>The line of a token with literals blackened that do not name an algorithm, comments left out; of shells, commands and switches alone.</summary>
    /// <param name="source">The file.</param>
    /// <param name="line">Of the defect.</param>
    /// <param name="firstToken">Where it begins.</param>
    /// <param name="alone">What stands on other lines has no say in what is blackened: for a fingerprint, not to be shown.</param>
    public static string CodeLine(TokenizedSource source, int line, int firstToken, bool alone = false)
    {
        var text = source.File.Text;
        var (first, from) = (firstToken, Math.Max(0, source.Tokens[firstToken].Start - (LineCap / 2)));
        while (first > 0 && source.Tokens[first - 1].Start >= from && source.Tokens[first - 1] is var before && before.Line + LinesIn(text, before) >= line)
        {
            first--;
        }

        var shown = new StringBuilder();
        var isShell = ShellWords.Has(source.File.Language);
        var at = -1;
        for (var i = first; i < source.Tokens.Count && source.Tokens[i].Line <= line && shown.Length <= LineCap; i++)
        {
            var token = source.Tokens[i];
            if (token.Kind == CodeTokenKind.Comment || (token.Line < line && token.Kind != CodeTokenKind.Text))
            {
                continue;
            }

            if (at >= 0 && token.Start > at)
            {
                shown.Append(' ');
            }

            at = token.Start + token.Length;
            shown.Append(token.Kind switch
            {
                _ when isShell && !ShellWords.IsShown(source, i) => Blackened,
                CodeTokenKind.Text => Literal(source.SpanOf(token), source.ValueOf(token)),
                CodeTokenKind.Number when IsByteRun(source, i, alone) => "…",
                _ => source.SpanOf(token)[..Math.Min(token.Length, LineCap)],
            });
        }

        return shown.Length > LineCap ? shown.ToString(0, LineCap) : shown.ToString();
    }

    private static string Literal(ReadOnlySpan<char> literal, string value)
    {
        return value.Length <= 48 && (value.Length < 3 || (value.Any(char.IsAsciiLetter) && NamesAlgorithm.IsMatch(value))) ? literal[..Math.Min(literal.Length, 60)].ToString() : $"\"{Blackened}\"";
    }

    private static int LinesIn(string text, CodeToken token) => token.Kind == CodeTokenKind.Text ? text.AsSpan(token.Start, token.Length).Count('\n') : 0;

    /// <summary>Four numbers in a row are bytes of something.</summary>
    private static bool IsByteRun(TokenizedSource source, int at, bool alone)
    {
        var near = 0;
        for (var i = Math.Max(0, at - 12); i < Math.Min(source.Tokens.Count, at + 13); i++)
        {
            near += source.Tokens[i].Kind == CodeTokenKind.Number && (!alone || source.Tokens[i].Line == source.Tokens[at].Line) ? 1 : 0;
        }

        return near >= 4;
    }
}

using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks for keys and passwords in the text of any file, whatever its language.</summary>
internal sealed class SecretExaminer(SecretRules rules) : ISourceExaminer
{
    public const string Engine = "密钥检测";

    private static readonly SourceLanguage[] Configuration =
    [
        SourceLanguage.Other, SourceLanguage.Xml, SourceLanguage.Yaml, SourceLanguage.Properties, SourceLanguage.Json, SourceLanguage.Toml, SourceLanguage.Shell,
        SourceLanguage.Dockerfile, SourceLanguage.Nginx, SourceLanguage.Gradle,
    ];

    public string Id { get; } = $"secrets {rules.Digest}";

    public SourceFindings Examine(TokenizedSource source)
    {
        var file = source.File;
        var search = new SecretSearch(rules, file.Path, file.Text, !Configuration.Contains(file.Language));
        var hits = search.Run();
        if (hits.Count == 0)
        {
            return SourceFindings.None;
        }

        var told = new Telling(file, hits);
        List<CodeDefect> defects = [.. hits.Where(h => h.Confidence is not null).Select(h => told.Of(h, rules.Patterns[h.Pattern], Weakened(h, source)))];
        if (search.IsCut && defects.Count > 0)
        {
            defects[^1] = defects[^1] with { Message = $"{defects[^1].Message}本文件命中过多，此后的没有列出。" };
        }

        return new SourceFindings(defects, []);
    }

    /// <summary>What a general pattern finds in a comment is as often an explanation as a secret.</summary>
    private static SecretConfidence Weakened(SecretHit hit, TokenizedSource source) =>
        hit.Confidence == SecretConfidence.Medium && IsComment(source.Tokens, hit.Start) ? SecretConfidence.Low : hit.Confidence!.Value;

    private static bool IsComment(IReadOnlyList<CodeToken> tokens, int at)
    {
        var (low, high) = (0, tokens.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var token = tokens[middle];
            if (at < token.Start)
            {
                high = middle - 1;
            }
            else if (at >= token.Start + token.Length)
            {
                low = middle + 1;
            }
            else
            {
                return token.Kind == CodeTokenKind.Comment;
            }
        }

        return false;
    }

    /// <summary>Turns hits of one file into defects.</summary>
    private sealed class Telling(SourceFile file, IReadOnlyList<SecretHit> hits)
    {
        private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
        private int _line = 1;
        private int _counted;

        /// <summary>Called in order of the text.</summary>
        public CodeDefect Of(SecretHit hit, SecretPattern pattern, SecretConfidence confidence)
        {
            _line += file.Text.AsSpan(_counted, hit.Start - _counted).Count('\n');
            _counted = hit.Start;
            var code = SecretBlackening.Line(file.Text, hit.Start, hits);
            return new CodeDefect
            {
                RuleId = pattern.Id,
                Title = pattern.Title,
                Cwe = pattern.Cwe,
                Severity = confidence == SecretConfidence.Low && pattern.Severity > Severity.Minor ? Severity.Minor : pattern.Severity,
                Confidence = confidence switch { SecretConfidence.High => CodeConfidence.High, SecretConfidence.Medium => CodeConfidence.Medium, _ => CodeConfidence.Low },
                File = file.Path,
                Line = _line,
                Message = $"这里写着{pattern.Title}：{SecretBlackening.Describe(hit.Value)}。",
                Code = code,
                Remedy = pattern.Remedy,
                Engine = Engine,
                Fingerprint = Fingerprint(pattern.Id, code),
            };
        }

        /// <summary>Over the blackened line: over the line itself, a short password could be guessed from it.</summary>
        private string Fingerprint(string rule, string code)
        {
            var what = $"{rule}\n{file.Path}\n{string.Join(' ', code.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))}";
            _ordinals[what] = _ordinals.GetValueOrDefault(what) + 1;
            return Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes($"{what}\n{_ordinals[what]}")));
        }
    }
}

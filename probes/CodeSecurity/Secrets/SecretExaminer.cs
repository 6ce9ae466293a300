using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks for keys and passwords in the text of any file, whatever its language.</summary>
internal sealed class SecretExaminer(SecretRules rules) : ISourceExaminer
{
    public const string Engine = "密钥检测";

    /// <summary>Of the entry that says a file was not looked through to its end.</summary>
    public const string UnfinishedId = "SEC-CUT";

    private static readonly SourceLanguage[] Configuration =
    [
        SourceLanguage.Other, SourceLanguage.Xml, SourceLanguage.Yaml, SourceLanguage.Properties, SourceLanguage.Json, SourceLanguage.Toml, SourceLanguage.Shell,
        SourceLanguage.Dockerfile, SourceLanguage.Nginx, SourceLanguage.Gradle,
    ];

    public string Id { get; } = $"secrets {rules.Digest}";

    /// <summary>Where only what is written as a literal counts.</summary>
    public static bool IsCode(SourceLanguage language) => !Configuration.Contains(language);

    public SourceFindings Examine(TokenizedSource source)
    {
        var file = source.File;
        var search = new SecretSearch(rules, file.Path, file.Text, IsCode(file.Language));
        var hits = search.Run();
        if (hits.Count == 0 && !search.IsCut)
        {
            return SourceFindings.None;
        }

        var told = new Telling(source, hits);
        List<CodeDefect> defects = [.. hits.Where(h => h.Confidence is not null).Select(h => told.Of(h, rules.Patterns[h.Pattern], Weakened(h, source)))];
        if (search.IsCut)
        {
            defects.Add(Unfinished(file));
        }

        return new SourceFindings(defects, []);
    }

    /// <summary>Stands among the defects, since a fault would take away what was found before the end of the work.</summary>
    private static CodeDefect Unfinished(SourceFile file) => new()
    {
        RuleId = UnfinishedId, Title = "没有看完的文件", Severity = Severity.Minor, Confidence = CodeConfidence.Low, File = file.Path, Line = 1,
        Message = "本文件命中过多或查找量过大，此后的没有看。", Code = "", Remedy = "由人查看这个文件，或把它拆小后再跑一次本项。", Engine = Engine,
        Fingerprint = new DefectFingerprints().Next(UnfinishedId, file.Path, ""),
    };

    /// <summary>What a general pattern finds in a comment is as often an explanation as a secret.</summary>
    private static SecretConfidence Weakened(SecretHit hit, TokenizedSource source) =>
        hit.Confidence == SecretConfidence.Medium && IsComment(source, hit.Start) ? SecretConfidence.Low : hit.Confidence!.Value;

    private static bool IsComment(TokenizedSource source, int at) =>
        source.IndexAt(at) is var index && index < source.Tokens.Count && source.Tokens[index] is { Kind: CodeTokenKind.Comment } token && token.Start <= at;

    /// <summary>Turns hits of one file into defects.</summary>
    private sealed class Telling(TokenizedSource source, IReadOnlyList<SecretHit> hits)
    {
        private readonly SourceFile _file = source.File;
        private readonly IReadOnlyList<string> _values = [.. hits.SelectMany(Written).Distinct(StringComparer.Ordinal)];
        private readonly DefectFingerprints _prints = new();
        private int _line = 1;
        private int _counted;

        /// <summary>Called in order of the text.</summary>
        public CodeDefect Of(SecretHit hit, SecretPattern pattern, SecretConfidence confidence)
        {
            _line += _file.Text.AsSpan(_counted, hit.Start - _counted).Count('\n');
            _counted = hit.Start;
            var code = SecretBlackening.Line(source, hit.Start, hits, _values);
            return new CodeDefect
            {
                RuleId = pattern.Id,
                Title = pattern.Title,
                Cwe = pattern.Cwe,
                Severity = confidence == SecretConfidence.Low && pattern.Severity > Severity.Minor ? Severity.Minor : pattern.Severity,
                Confidence = confidence switch { SecretConfidence.High => CodeConfidence.High, SecretConfidence.Medium => CodeConfidence.Medium, _ => CodeConfidence.Low },
                File = _file.Path,
                Line = _line,
                Message = $"这里写着{pattern.Title}：{SecretBlackening.Describe(hit.Value)}。",
                Code = code,
                Remedy = pattern.Remedy,
                Engine = Engine,
                Fingerprint = _prints.Next(pattern.Id, _file.Path, SecretBlackening.Line(source, hit.Start, hits, OfLine(hit))),
            };
        }

        /// <summary>Values of hits of the same line: those of other lines have no say in the fingerprint.</summary>
        private IReadOnlyList<string> OfLine(SecretHit hit) =>
            [.. hits.Where(h => !_file.Text.AsSpan(Math.Min(h.Start, hit.Start), Math.Abs(h.Start - hit.Start)).Contains('\n')).SelectMany(Written).Distinct(StringComparer.Ordinal)];

        private static string[] Written(SecretHit hit) => [hit.Value, Uri.EscapeDataString(hit.Value)];
    }
}

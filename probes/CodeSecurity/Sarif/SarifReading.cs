using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Turns the results of all runs into defects in our form, the scanner named as engine.</summary>
internal sealed class SarifReading
{
    private const int MostResults = 50_000;
    private const int RunCap = 200;

    /// <summary>Weaknesses whose places hold the secret itself.</summary>
    private static readonly int[] SecretWeaknesses = [256, 259, 260, 312, 319, 321, 522, 540, 547, 615, 798];
    private static readonly string[] SecretWords = ["secret", "password", "passwd", "credential", "token", "apikey", "api-key", "private-key", "gitleaks", "trufflehog", "口令", "密码", "密钥"];

    private readonly List<CodeDefect> _defects = [];
    private readonly List<CodeDefect> _suppressed = [];
    private readonly List<ForeignScanner> _tools = [];
    private readonly List<bool?> _finished = [];
    private int _rules;
    private int _withoutPlace;
    private int _open;
    private bool _isCut;

    private readonly EngineWords _words;

    private SarifReading(EngineWords words) => _words = words;

    /// <param name="bytes">The file.</param>
    /// <param name="tables">Numbers of analyzers we know: a scanner that names no weakness may have used one of them.</param>
    /// <param name="states">What people suppress.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="Probing.UnableException">No such document.</exception>
    public static ImportedSarif Read(byte[] bytes, IReadOnlyList<EngineRuleTable> tables, DefectStates states, CancellationToken stop)
    {
        using var document = SarifDocument.Open(bytes);
        var reading = new SarifReading(new EngineWords(tables));
        JsonElement? root = document.RootElement;
        reading._isCut = root.Items("runs").Count() is 0 or > RunCap || root.Get("inlineExternalProperties") is not null;
        foreach (var run in root.Items("runs").Take(RunCap))
        {
            reading.Run(run, stop);
        }

        return reading.Say(states);
    }

    private ImportedSarif Say(DefectStates states)
    {
        var all = states.Of(DefectMerging.Merge(_defects));
        List<CodeDefect> defects = [.. all.Where(d => !d.IsSuppressed)];
        List<CodeDefect> suppressed = [.. DefectMerging.Merge(_suppressed), .. all.Where(d => d.IsSuppressed)];
        var (isSevere, isSetAside) = (defects.Exists(d => d.Severity >= Severity.Major), suppressed.Exists(d => d.Severity >= Severity.Major));
        return new ImportedSarif
        {
            Tools = [.. _tools.Distinct().OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Version, StringComparer.Ordinal)],
            Rules = _rules,
            IsFinished = new(_finished.Contains(false) ? false : _finished.Count == 0 || _finished.Contains(null) ? null : true),
            Defects = _isCut ? default : new(defects),
            Suppressed = _isCut ? default : new(suppressed),
            Open = _open,
            HasSevere = isSevere || (!_isCut && _open == 0 && !isSetAside) ? isSevere : default(Fact<bool>),
            SuppressedCount = suppressed.Count,
            AwaitsAcceptance = isSetAside && !isSevere && !_isCut && _open == 0 ? ["severe"] : [],
            WithoutPlace = _withoutPlace,
        };
    }

    private void Run(JsonElement? run, CancellationToken stop)
    {
        var driver = run.Get("tool").Get("driver");
        var name = SecretMask.Show(driver.Text("name") ?? "?", always: false).Replace('、', ' ');
        var version = driver.Text("semanticVersion") ?? driver.Text("version");
        var tool = new ForeignScanner { Name = name.Length == 0 ? "?" : name, Version = version is null ? null : Bounded(SecretMask.Show(version, always: false), 40) };
        _tools.Add(tool);
        var finished = run.Items("invocations").Select(i => i.Get("executionSuccessful")?.ValueKind switch { JsonValueKind.True => (bool?)true, JsonValueKind.False => false, _ => null }).Aggregate((bool?)null, (all, one) => all == false || one == false ? false : one ?? all);
        _finished.Add(finished);

        // SARIF 2.1.0: a scanner that could not look leaves the list out; one that looked and found nothing writes an empty one.
        _isCut |= finished == false || run.Get("results") is not { ValueKind: JsonValueKind.Array } || run.Get("externalPropertyFileReferences") is not null;
        var rules = new SarifRules(run.Get("tool"));
        _rules += rules.Count;
        foreach (var result in run.Items("results"))
        {
            stop.ThrowIfCancellationRequested();
            Result(run, result, rules, tool);
        }
    }

    private void Result(JsonElement? run, JsonElement? result, SarifRules rules, ForeignScanner tool)
    {
        if (result is not { ValueKind: JsonValueKind.Object } here)
        {
            _isCut = true;
            return;
        }

        var kind = here.Text("kind");
        if (kind is "pass" or "notApplicable" or "informational" || here.Text("baselineState") == "absent")
        {
            return;
        }

        if (_defects.Count + _suppressed.Count >= MostResults)
        {
            _isCut = true;
            return;
        }

        var suppressed = result.Items("suppressions").Where(s => s.Text("status") is null or "accepted").Select(s => Suppression(s, tool)).FirstOrDefault();
        var rule = rules.Of(here, out var id);
        if (kind is "review" or "open")
        {
            _open += suppressed is null ? 1 : 0;
        }
        else if (SeverityOf(here, rule) is { } severity)
        {
            foreach (var place in result.Items("locations").Take(1).Select(l => l.Get("physicalLocation")).DefaultIfEmpty(null))
            {
                (suppressed is null ? _defects : _suppressed).Add(Defect(run, here, rule, id, severity, place, tool) with { Suppression = suppressed });
            }
        }
    }

    /// <summary>What the scanner says of it; a reviewer and a day it has no place for.</summary>
    private static DefectSuppression Suppression(JsonElement said, ForeignScanner tool) => new()
    {
        Kind = SuppressionKind.Imported,
        Place = $"{tool.Name}（{(said.Text("kind") == "inSource" ? "源代码" : "扫描器外部")}）",
        Standing = SuppressionStanding.InEffect,
        Reason = SuppressionWords.Shown(said.Text("justification")),
    };

    private CodeDefect Defect(JsonElement? run, JsonElement result, JsonElement? rule, string id, Severity severity, JsonElement? place, ForeignScanner tool)
    {
        var known = _words.Of(id);
        var cwe = SarifRules.WeaknessOf(result, rule) ?? known?.Cwe;
        var file = SarifPaths.FileOf(run, place);
        _withoutPlace += file.Length == 0 ? 1 : 0;
        var title = known?.Title ?? rule.Get("shortDescription").Text("text") ?? rule.Text("name") ?? id;
        var isSecret = (cwe is { } number && SecretWeaknesses.Contains(number)) || Array.Exists(SecretWords, w => id.Contains(w, StringComparison.OrdinalIgnoreCase) || title.Contains(w, StringComparison.OrdinalIgnoreCase) || tool.Name.Contains(w, StringComparison.OrdinalIgnoreCase));
        var shownTitle = Bounded(SecretMask.Show(title, always: false), 100);
        var shownId = Bounded(SecretMask.Show(id, always: false), 100);
        return new CodeDefect
        {
            RuleId = shownId,
            Title = shownTitle,
            Cwe = cwe,
            Severity = known is not null && known.Severity > severity ? known.Severity : severity,
            Confidence = rule.Get("properties").Text("precision") switch { "very-high" or "high" => CodeConfidence.High, "low" => CodeConfidence.Low, _ => CodeConfidence.Medium },
            File = file,
            Line = Math.Max(1, place.Get("region").Integer("startLine") ?? 1),
            Message = isSecret ? $"{shownTitle}。" : SecretMask.Show(MessageOf(result, rule), always: false),
            Code = isSecret ? "（已遮盖）" : SecretMask.Show(place.Get("region").Get("snippet").Text("text") ?? "", always: false),
            Remedy = known is not null ? known.Remedy : rule.Get("help").Text("text") is { } help ? SecretMask.Show(help, always: false) : "见该扫描器对此规则的说明。",
            Engine = $"{tool.Name}{(tool.Version is null ? "" : $" {tool.Version}")}（{shownId.Replace('、', ' ')}）",
            Fingerprint = "",
        };
    }

    private static string MessageOf(JsonElement result, JsonElement? rule)
    {
        var message = result.Get("message");
        var text = message.Text("text") ?? (message.Text("id") is { } id ? rule.Get("messageStrings").Get(id).Text("text") : null) ?? "";
        var arguments = message.Items("arguments").Take(10).Select((a, i) => (Mark: string.Create(CultureInfo.InvariantCulture, $"{{{i}}}"), Value: a.AsText() ?? ""));
        return arguments.Aggregate(Bounded(text, 2000), (said, a) => Bounded(said.Replace(a.Mark, Bounded(a.Value, 200), StringComparison.Ordinal), 2000));
    }

    /// <summary>Null where the result is no trouble. A number for the gravity of a weakness outweighs the level.</summary>
    private static Severity? SeverityOf(JsonElement result, JsonElement? rule)
    {
        var score = result.Get("properties").Text("security-severity") ?? rule.Get("properties").Text("security-severity");
        if (double.TryParse(score, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number switch { >= 9 => Severity.Critical, >= 7 => Severity.Major, >= 4 => Severity.Minor, _ => Severity.Info };
        }

        return (result.Text("level") ?? rule.Get("defaultConfiguration").Text("level") ?? "warning") switch
        {
            "error" => Severity.Major,
            "warning" => Severity.Minor,
            "note" => Severity.Info,
            _ => null,
        };
    }

    private static string Bounded(string text, int cap) => text.Length > cap ? text[..cap] : text;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>
/// A run of its own for each source tree, with one result a defect: what tools for code expect. Rules are those of the engines and stand beside the
/// weaknesses of CWE they are about; the first run of the log has the requirements.
/// </summary>
internal sealed class SarifCodeRun
{
    private const string FingerprintName = "securitycheck/code/v1";
    private const string Taxonomy = "CWE";

    private readonly string _candidate;
    private readonly string _version;
    private readonly string _targetId;
    private readonly List<SeenDefect> _defects;
    private readonly List<(string Fingerprint, string RuleId, string File)> _vanished;
    private readonly string? _baselineOf;
    private readonly CodeInspection _inspection;
    private readonly List<SeenDefect> _rules;
    private readonly List<int> _weaknesses;
    private readonly Dictionary<string, int> _ruleIndexes;

    /// <param name="candidate">Id of the system.</param>
    /// <param name="version">Of the tool.</param>
    /// <param name="inspection">Of one source tree.</param>
    public SarifCodeRun(string candidate, string version, CodeInspection inspection)
    {
        (_candidate, _version, _targetId, _baselineOf, _inspection) = (candidate, version, inspection.TargetId, inspection.BaselineOf, inspection);
        _defects = [.. inspection.Defects.Concat(inspection.Suppressed).OrderBy(d => d.Key)];
        _vanished = [.. (inspection.Vanished ?? []).Where(v => v.Fingerprint.Length > 0 && v.RuleId.Length > 0).Select(v => (v.Fingerprint, v.RuleId, v.File))];
        _rules = [.. _defects.DistinctBy(d => d.RuleId, StringComparer.Ordinal).OrderBy(d => d.RuleId, StringComparer.Ordinal)];
        _weaknesses = [.. _rules.Select(r => r.Cwe).OfType<int>().Distinct().Order()];
        _ruleIndexes = _rules.Select((r, i) => (r.RuleId, i)).ToDictionary(p => p.RuleId, p => p.i, StringComparer.Ordinal);
    }

    /// <summary>One for each source tree in which something was found or has vanished, results of other scanners merged in.</summary>
    public static IReadOnlyList<SarifCodeRun> Of(SarifLog log) =>
        [.. log.Report.Code.OrderBy(c => c.TargetId, StringComparer.Ordinal).Select(c => new SarifCodeRun(log.Report.Pack.Candidate.Id, log.Report.Pack.Run.ToolVersion, c)).Where(r => r._defects.Count + r._vanished.Count > 0)];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteTool(json);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"securitycheck/code/{SarifText.Plain(_candidate)}/{SarifText.Plain(_targetId)}/");
        json.WriteEndObject();
        SarifInvocation.Write(json, _inspection);
        if (_baselineOf is not null)
        {
            json.WriteString("baselineGuid", BaselineGuid());
        }

        SarifArtifacts.WriteBases(json);
        WriteTaxonomy(json);
        json.WriteStartArray("results");
        _defects.ForEach(d => WriteResult(json, d));
        _vanished.ForEach(v => WriteVanished(json, v));
        json.WriteEndArray();
        json.WriteString("language", "zh-CN");
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteEndObject();
    }

    private void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "SmartCity.SecurityCheck");
        json.WriteString("version", SarifText.Plain(_version));
        json.WriteString("language", "zh-CN");
        json.WriteStartArray("rules");
        _rules.ForEach(r => WriteRule(json, r));
        json.WriteEndArray();
        if (_weaknesses.Count > 0)
        {
            json.WriteStartArray("supportedTaxonomies");
            WriteComponent(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRule(Utf8JsonWriter json, SeenDefect rule)
    {
        json.WriteStartObject();
        json.WriteString("id", SarifText.Plain(rule.RuleId));
        json.WriteString("name", SarifText.Plain(rule.Title));
        json.WriteMessage("shortDescription", rule.Title);
        json.WriteMessage("help", rule.Remedy);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifTool.Level(rule.Severity));
        json.WriteEndObject();
        if (rule.Cwe is { } cwe)
        {
            json.WriteStartArray("relationships");
            json.WriteStartObject();
            json.WriteStartObject("target");
            WriteTaxon(json, cwe);
            json.WriteEndObject();
            json.WriteStartArray("kinds");
            json.WriteStringValue("relevant");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        json.WriteString("security-severity", SarifTool.Score(rule.Severity));
        WriteLevels(json, rule.Severity);
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        if (rule.Cwe is { } tagged)
        {
            json.WriteStringValue($"external/cwe/cwe-{Number(tagged).PadLeft(3, '0')}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteTaxon(Utf8JsonWriter json, int cwe)
    {
        json.WriteString("id", Number(cwe));
        json.WriteNumber("index", _weaknesses.IndexOf(cwe));
        json.WritePropertyName("toolComponent");
        WriteComponent(json);
    }

    private static void WriteComponent(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Taxonomy);
        json.WriteNumber("index", 0);
        json.WriteEndObject();
    }

    private void WriteTaxonomy(Utf8JsonWriter json)
    {
        if (_weaknesses.Count == 0)
        {
            return;
        }

        json.WriteStartArray("taxonomies");
        json.WriteStartObject();
        json.WriteString("name", Taxonomy);
        json.WriteString("organization", "MITRE");
        json.WriteMessage("shortDescription", "通用缺陷枚举（Common Weakness Enumeration）");
        json.WriteStartArray("taxa");
        foreach (var weakness in _weaknesses)
        {
            json.WriteStartObject();
            json.WriteString("id", Number(weakness));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteResult(Utf8JsonWriter json, SeenDefect defect)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", SarifText.Plain(defect.RuleId));
        json.WriteNumber("ruleIndex", _ruleIndexes[defect.RuleId]);
        json.WriteString("kind", "fail");
        json.WriteString("level", SarifTool.Level(defect.Severity));
        json.WriteMessage("message", Told(defect));
        WritePlace(json, defect.File, defect.Line, defect.Code);
        json.WriteStartObject("partialFingerprints");
        json.WriteString(FingerprintName, SarifText.Plain(defect.Fingerprint));
        json.WriteEndObject();
        SarifFlows.Write(json, defect);
        json.WriteNumber("rank", SarifFlows.Rank(defect));
        if (_baselineOf is not null)
        {
            json.WriteString("baselineState", defect.Baseline == "known" ? "unchanged" : "new");
        }

        SarifSuppression.Write(json, defect.Suppression);
        json.WriteStartObject("properties");
        WriteLevels(json, defect.Severity);
        json.WriteString("confidence", defect.Confidence);
        if (defect.IsForPeople)
        {
            json.WriteBoolean("isForPeople", true);
        }

        if (defect.Doubt is { } doubt)
        {
            json.WriteString("doubt", SarifText.Plain(doubt));
        }

        json.WriteString("engine", SarifText.Plain(defect.Engine));
        json.WriteString("remedy", SarifText.Plain(defect.Remedy));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Viewers show the message and not the properties.</summary>
    private static string Told(SeenDefect defect) =>
        (defect.Message.Length > 0 ? defect.Message : defect.Title) + (defect.Doubt is { } doubt ? $"（{InspectionWords.Sureness(defect)}，存疑：{doubt}。）" : "");

    /// <summary>What the baseline has and nobody finds any more.</summary>
    private static void WriteVanished(Utf8JsonWriter json, (string Fingerprint, string RuleId, string File) gone)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", SarifText.Plain(gone.RuleId));
        json.WriteString("kind", "fail");
        json.WriteString("level", "none");
        json.WriteMessage("message", $"基线里的 {gone.RuleId} 已不再发现。");
        WritePlace(json, gone.File, 1, "");
        json.WriteStartObject("partialFingerprints");
        json.WriteString(FingerprintName, SarifText.Plain(gone.Fingerprint));
        json.WriteEndObject();
        json.WriteString("baselineState", "absent");
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, string file, int line, string code)
    {
        if (SarifText.RelativeUri(file) is { } uri)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            SarifPlaces.WriteFile(json, uri, SarifArtifacts.SourceBase, line, code);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private static void WriteLevels(Utf8JsonWriter json, Severity severity)
    {
        json.WriteString("severity", DefectLevels.Four(severity));
        json.WriteString("severityOfThree", DefectLevels.Three(severity));
    }

    /// <summary>Results with a state need a run they are compared with to be named; a baseline is known by its day, the tree and what it held.</summary>
    private string BaselineGuid()
    {
        var held = _defects.Where(d => d.Baseline == "known").Select(d => d.Fingerprint).Concat(_vanished.Select(v => v.Fingerprint)).Order(StringComparer.Ordinal);
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{_baselineOf}\n{_targetId}\n{string.Join('\n', held)}"))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x50), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

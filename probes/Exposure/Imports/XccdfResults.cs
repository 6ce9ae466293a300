using System.Xml;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Results of an XCCDF benchmark (NISTIR 7275 r4 §6.6), alone or inside an ARF. Of several runs in one file the last counts. A rule that was
/// not selected was not asked.
/// </summary>
internal sealed class XccdfResults
{
    private const string Marker = "_rule_";

    /// <summary>Until its result was read.</summary>
    private const string Unsaid = "";

    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);
    private string? _system;
    private string? _ended;
    private string? _machine;
    private string? _rule;
    private string? _element;
    private bool _isInside;
    private bool _isSeen;

    private XccdfResults()
    {
    }

    /// <exception cref="UnableException">It is no such document.</exception>
    public static ForeignReport Read(byte[] bytes, CancellationToken stop)
    {
        var reading = new XccdfResults();
        BoundedXml.Walk(bytes, "XCCDF 结果", reading.Visit, stop);
        return reading._isSeen ? reading.Say() : throw new UnableException(FailureKind.BadInput, "没有 XCCDF 的检查结果（TestResult）");
    }

    private void Visit(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Begin(reader);
                break;
            case XmlNodeType.EndElement when reader.LocalName == "TestResult":
                _isInside = false;
                break;
            case XmlNodeType.EndElement when reader.LocalName == "rule-result":
                _rule = null;
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when _isInside && _element == "result" && _rule is not null:
                _results[_rule] = Worse(_results.GetValueOrDefault(_rule), reader.Value.Trim());
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when _isInside && _element == "target":
                _machine ??= Plain.Text(reader.Value, 100);
                break;
        }
    }

    private void Begin(XmlReader reader)
    {
        _element = reader.LocalName;
        if (_element == "TestResult")
        {
            (_isInside, _isSeen) = (!reader.IsEmptyElement, true);
            _results.Clear();
            (_system, _ended, _machine) = (reader.GetAttribute("test-system"), reader.GetAttribute("end-time"), null);
        }
        else if (_isInside && _element == "rule-result" && !reader.IsEmptyElement && reader.GetAttribute("idref") is { Length: > 0 and <= 400 } id)
        {
            if (_results.Count >= ForeignResult.MostOfAKind)
            {
                throw new UnableException(FailureKind.BadInput, "XCCDF 结果太多，未读");
            }

            var at = id.IndexOf(Marker, StringComparison.Ordinal);
            _rule = Plain.Id(at < 0 ? id : id[(at + Marker.Length)..], 200);
            _results.TryAdd(_rule, Unsaid);
        }
    }

    /// <summary>A rule may be asked of several instances.</summary>
    private static string Worse(string? before, string now) => before is "fail" || (before is not (null or Unsaid) && now is "pass" or "notselected") ? before : now;

    private ForeignReport Say()
    {
        var asked = _results.Where(r => r.Value != "notselected").OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        return new ForeignReport
        {
            Tool = "OpenSCAP",
            ToolVersion = _system?.Split(':') is [.., var version] && version.Length > 0 && char.IsAsciiDigit(version[0]) ? Plain.Text(version, 40) : null,
            ReportedOn = _ended is { Length: >= 10 } && DateOnly.TryParseExact(_ended[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _) ? _ended[..10] : null,
            Machine = _machine,
            IsComplete = _ended is not null,
            Failed = [.. asked.Where(r => r.Value == "fail").Select(r => ForeignResult.Of(r.Key, ""))],
            Passed = _ended is null ? default : new([.. asked.Where(r => r.Value is "pass" or "fixed").Select(r => r.Key)]),
            Undecided = asked.Count(r => r.Value is not ("fail" or "pass" or "fixed")),
        };
    }
}

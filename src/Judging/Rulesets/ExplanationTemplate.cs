using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Fills <c>{field}</c> and <c>{target}</c> of an explanation; nothing else is substituted and nothing computed. Values are said as in <see cref="FieldWords"/>.</summary>
internal static class ExplanationTemplate
{
    private const int ShownItems = 12;
    private const int ShownMembers = 4;
    private const int ShownLength = 300;

    public static void Check(string template, FieldShape? shape, SourcePosition at, FaultList faults)
    {
        foreach (var name in Names(template).Where(n => n != "target"))
        {
            var ofCandidate = name.StartsWith(EvaluationScope.CandidatePrefix, StringComparison.Ordinal);
            var root = ofCandidate ? RecordSchema.CandidateFacts.Root : shape;
            if (root is not null && RecordSchema.Find(root, ofCandidate ? name[EvaluationScope.CandidatePrefix.Length..] : name) is null)
            {
                faults.Add(at, $"explain 里的 {{{name}}} 不是观测记录的字段", $"target 或其中之一：{string.Join("、", root.Properties)}");
            }
        }
    }

    /// <param name="template">The sentence.</param>
    /// <param name="targetName">Shown name of the target.</param>
    /// <param name="scope">Has the values.</param>
    /// <param name="isWhole">Nothing of a value is left out, as people are to answer for it.</param>
    public static string Fill(string template, string targetName, EvaluationScope scope, bool isWhole = false)
    {
        var text = new StringBuilder();
        var rest = template.AsSpan();
        while (true)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (close < 0)
            {
                return text.Append(rest).ToString();
            }

            var name = rest.Slice(open + 1, close - 1).ToString();
            text.Append(rest[..open]).Append(name == "target" ? targetName : Show(scope.Find(name), FieldWords.Find(scope.Labels, name), isWhole));
            rest = rest[(open + close + 1)..];
        }
    }

    private static IEnumerable<string> Names(string template)
    {
        for (var open = template.IndexOf('{', StringComparison.Ordinal); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close > open)
            {
                yield return template[(open + 1)..close];
            }
        }
    }

    private static string Show(FieldValue field, FieldLabel? label, bool isWhole)
    {
        if (field.IsMissing)
        {
            return "（未观测）";
        }

        if (isWhole)
        {
            return FieldWords.Say(field.Value, label, betweenRecords: "；");
        }

        var text = FieldWords.Say(field.Value, label, betweenRecords: "；", ShownItems, ShownMembers);
        return text.Length > ShownLength ? string.Concat(text.AsSpan(0, ShownLength), "…") : text;
    }
}

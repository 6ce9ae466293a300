using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <param name="Requirement">Whose example.</param>
/// <param name="Example">Which.</param>
/// <param name="Actual">The verdict the requirement gives on it.</param>
public sealed record ExampleResult(Requirement Requirement, RequirementExample Example, Verdict Actual)
{
    public bool IsAsExpected => Example.Expected == Actual;
}

/// <summary>Judges every requirement's own examples.</summary>
public static class ExampleVerification
{
    /// <summary>The clock against which dated examples are written.</summary>
    public static DateTimeOffset ExampleClock { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<ExampleResult> Verify(IEnumerable<Requirement> requirements) =>
        [.. requirements.SelectMany(r => r.Examples.Select(e => new ExampleResult(r, e, Judge(r, e))))];

    private static Verdict Judge(Requirement requirement, RequirementExample example)
    {
        var data = JsonNode.Parse(example.Data.GetRawText()) as JsonObject ?? [];
        var candidate = data[ExampleShape.CandidateKey] ?? new JsonObject();
        data.Remove(ExampleShape.CandidateKey);
        var scope = new EvaluationScope(
            JsonSerializer.SerializeToElement(data),
            JsonSerializer.SerializeToElement(candidate),
            ExampleClock);
        return RequirementJudge.JudgeObservation(requirement, "例子", scope).Verdict;
    }
}

using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Signed statements in words; who said it always stands beside what was said.</summary>
internal static class Statements
{
    public static AspectSource Source(SignedStatement statement, SourceKind kind, bool? says, string what) =>
        new(kind, says, statement.Id, Say(statement, what), statement.Evidence);

    public static string Say(SignedStatement statement, string what) =>
        $"{statement.Organisation} {statement.By} 于 {statement.On:yyyy-MM-dd} {what}{(statement.Statement is { } why ? $"：{why}" : "")}";
}

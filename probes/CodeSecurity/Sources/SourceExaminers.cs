using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Every examiner that goes over a source tree; a new one is a line here.</summary>
internal static class SourceExaminers
{
    private static readonly Func<ProbeContext, ISourceExaminer>[] Made =
    [
        static context => new PatternExaminer(context.Tables.Patterns),
        static context => new SecretExaminer(new SecretRules(context.Tables.Secrets)),
    ];

    public static IReadOnlyList<ISourceExaminer> Of(ProbeContext context) => [.. Made.Select(m => m(context))];
}

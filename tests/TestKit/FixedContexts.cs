using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Probe contexts on a given day with given roots, so that a test says the same on every machine and in every year.</summary>
public static class FixedContexts
{
    /// <param name="context">Everything else.</param>
    /// <param name="now">What its clock shows; timers run as ever.</param>
    /// <param name="roots">Of the machine.</param>
    public static ProbeContext At(this ProbeContext context, DateTimeOffset now, params IReadOnlyList<ForgedCertificate> roots) =>
        Copy(context, new StoppedClock(now), new GivenRoots(roots), context.AllowIntrusive);

    /// <summary>Of a run that may disturb, or may not.</summary>
    public static ProbeContext Allowing(this ProbeContext context, bool isAllowed) => Copy(context, context.Clock, context.Roots, isAllowed);

    private static ProbeContext Copy(ProbeContext context, TimeProvider clock, IRootStore roots, bool allowIntrusive) => new()
    {
        Dialer = context.Dialer,
        Tools = context.Tools,
        Shells = context.Shells,
        Evidence = context.Evidence,
        Redactor = context.Redactor,
        Clock = clock,
        Log = context.Log,
        Shared = context.Shared,
        Roots = roots,
        Scope = context.Scope,
        AllowIntrusive = allowIntrusive,
    };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class GivenRoots(IReadOnlyList<ForgedCertificate> roots) : IRootStore
    {
        public string Name => "测试根证书库";

        public IReadOnlyList<ReadOnlyMemory<byte>> Load() => [.. roots.Select(r => (ReadOnlyMemory<byte>)r.Der)];
    }
}

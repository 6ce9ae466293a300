namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an analysis of flows writes down for the next one, or takes over from the last one; nothing of both where it does neither.</summary>
/// <param name="Recorder">Writes down.</param>
/// <param name="Player">Takes over.</param>
internal sealed record FlowMemory(FlowRecorder? Recorder, FlowPlayer? Player)
{
    public static FlowMemory None { get; } = new(null, null);

    /// <param name="program">The tree.</param>
    /// <param name="bodies">Its methods with bodies, in the order in which they are gone over.</param>
    /// <param name="idle">Those nobody calls.</param>
    /// <param name="scarce">Of which classes it is not sure that they run.</param>
    /// <exception cref="FlowChangedException">What was recorded does not fit.</exception>
    public void Attach(JavaProgram program, IReadOnlyList<ProgramMethod> bodies, IReadOnlySet<ProgramMethod> idle, ScarceTypes scarce)
    {
        if (Recorder is null && Player is null)
        {
            return;
        }

        var others = program.Types.All.SelectMany(t => t.Syntax.Members.OfType<JavaMethod>().Where(m => m is { IsConstructor: false, Body: null }).Select(m => program.Of(t, m)));
        var numbers = new FlowNumbers(program, [.. bodies, .. others]);
        Recorder?.Attach(numbers, program, idle, scarce);
        Player?.Attach(numbers, program, idle, scarce);
    }
}

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Classes of which it is not sure that anything in them runs: those a container makes for developers alone, and those nobody makes objects of. One thread at a time.</summary>
internal sealed class ScarceTypes(JavaProgram program)
{
    private Dictionary<JavaDeclaredType, StepDoubt>? _doubts;

    private bool? _asksProfiles;

    /// <summary>Somewhere it is asked in which profile the program runs.</summary>
    public bool AsksProfiles => _asksProfiles ??= DeveloperProfiles.AreAsked(program);

    public StepDoubt Of(JavaDeclaredType type)
    {
        _doubts ??= Collect();
        return _doubts.GetValueOrDefault(type);
    }

    private Dictionary<JavaDeclaredType, StepDoubt> Collect()
    {
        var doubts = UnmadeTypes.Of(program).ToDictionary(t => t, _ => StepDoubt.Unmade);
        foreach (var type in program.Types.All.Where(t => t.Syntax.Annotations.Any(a => DeveloperProfiles.IsMeant(a))))
        {
            doubts[type] = doubts.GetValueOrDefault(type) | StepDoubt.ForDevelopers;
        }

        return doubts;
    }
}

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>In which order defects are looked at.</summary>
public static class DefectOrder
{
    /// <summary>What is only suspected behind everything else; then gravest, surest, what runs before what tests, and by place.</summary>
    public static IOrderedEnumerable<CodeDefect> Of(IEnumerable<CodeDefect> defects) => defects
        .OrderBy(d => d.Confidence == CodeConfidence.Low).ThenByDescending(d => d.Severity).ThenByDescending(d => d.Confidence).ThenBy(d => TestCode.IsTest(d.File) || TestCode.IsBuilding(d.File))
        .ThenBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.RuleId, StringComparer.Ordinal);
}

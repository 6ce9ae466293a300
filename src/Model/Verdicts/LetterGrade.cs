namespace SmartCity.SecurityCheck.Model;

/// <summary>字母等级 · an aid beside the verdicts, best first. No gate looks at it.</summary>
public enum LetterGrade
{
    A,
    B,
    C,
    D,
    E,
    F,
}

/// <summary>The grade of one target in one pillar: the worst cap of the requirements it does not meet.</summary>
/// <param name="TargetId">Of the candidate.</param>
/// <param name="Pillar">Whose requirements were counted.</param>
/// <param name="Upper">What the decided requirements leave possible.</param>
/// <param name="Lower">What it would be if every undecided requirement turned out unmet; equal to <paramref name="Upper"/> where none could lower it.</param>
/// <param name="CappedBy">Requirements that set <paramref name="Upper"/>; empty for an A.</param>
/// <param name="Undecided">Requirements that could still lower it.</param>
public sealed record TargetGrade(
    string TargetId, Pillar Pillar, LetterGrade Upper, LetterGrade Lower, IReadOnlyList<string> CappedBy, IReadOnlyList<string> Undecided);

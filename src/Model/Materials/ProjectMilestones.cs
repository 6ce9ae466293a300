namespace SmartCity.SecurityCheck.Model;

/// <summary>项目节点 · days people gave in candidate.yaml; null where nobody did.</summary>
/// <param name="TrialStart">试运行开始.</param>
/// <param name="TrialEnd">试运行结束.</param>
/// <param name="CompletedOn">建设完成.</param>
/// <param name="AppliedOn">申请验收; null: not yet.</param>
public sealed record ProjectMilestones(DateOnly? TrialStart, DateOnly? TrialEnd, DateOnly? CompletedOn, DateOnly? AppliedOn)
{
    public static ProjectMilestones None { get; } = new(null, null, null, null);
}

/// <summary>What a paper has to speak of to belong to this project.</summary>
/// <param name="System">Name of the system.</param>
/// <param name="OwnerUnit">项目业主单位; null where it was not given.</param>
/// <param name="Version">Of the system; null where it was not given.</param>
public sealed record PaperSubject(string System, string? OwnerUnit, string? Version);

using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>What a run tells those who watch it. Closed.</summary>
public abstract record RunEvent
{
    private protected RunEvent() { }
}

/// <summary>A stage began: 计划, 探测, 判定, 汇总, 报告, 签名.</summary>
public sealed record StageStarted(string Stage) : RunEvent;

public sealed record ProbingStarted(int Total) : RunEvent;

public sealed record ProbeStarted(string ProbeId, string Title, string TargetId) : RunEvent;

/// <param name="Record">How it ended.</param>
/// <param name="Done">Ended so far.</param>
/// <param name="Total">Planned.</param>
public sealed record ProbeEnded(ProbeRecord Record, int Done, int Total) : RunEvent;

/// <summary>All that will be measured is measured: what comes is written to the end whatever the user does next.</summary>
/// <param name="IsComplete">False where it was interrupted.</param>
public sealed record ProbingFinished(bool IsComplete) : RunEvent;

/// <summary>Something people should know that does not stop the run.</summary>
public sealed record Noticed(string Message) : RunEvent;

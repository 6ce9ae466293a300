namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What was recorded cannot be taken over: the tree is gone over anew.</summary>
internal sealed class FlowChangedException : Exception
{
    public FlowChangedException()
    {
    }

    public FlowChangedException(string message)
        : base(message)
    {
    }

    public FlowChangedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

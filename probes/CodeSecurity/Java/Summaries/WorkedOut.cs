namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Something that was worked out of others: it has to be worked out again where one of them is.</summary>
internal class WorkedOut
{
    private HashSet<WorkedOut>? _users;

    /// <summary>The last time it was worked out or used.</summary>
    public int Round { get; set; }

    public void Rest(WorkedOut on)
    {
        on._users ??= [];
        on._users.Add(this);
    }

    /// <summary>Those that rest on something outdated, directly or through others, and the outdated themselves.</summary>
    public static HashSet<WorkedOut> Reached(IEnumerable<WorkedOut> outdated)
    {
        var (reached, open) = (new HashSet<WorkedOut>(), new Queue<WorkedOut>(outdated));
        while (open.TryDequeue(out var one))
        {
            if (reached.Add(one))
            {
                foreach (var user in one._users ?? [])
                {
                    open.Enqueue(user);
                }
            }
        }

        return reached;
    }
}

using System.Collections;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks that cleared something foreign and are worth as much as what they compare with.</summary>
internal sealed class BelievedChecks : IEnumerable<CodePlace>
{
    private readonly HashSet<CodePlace> _places = [];

    /// <summary>Takes everything that is said; null where nobody asks.</summary>
    public FlowRecorder? Recorder { get; set; }

    public void Add(CodePlace place)
    {
        Recorder?.NoteOnce(FlowAct.Believe, place);
        _places.Add(place);
    }

    public IEnumerator<CodePlace> GetEnumerator() => _places.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Collections;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that were not gone through to their end, with the reason.</summary>
internal sealed class CutMethods : IEnumerable<KeyValuePair<ProgramMethod, string>>
{
    private readonly Dictionary<ProgramMethod, string> _cut = [];

    /// <summary>Takes everything that is said; null where nobody asks.</summary>
    public FlowRecorder? Recorder { get; set; }

    /// <summary>Where nothing was said of it before.</summary>
    public void TryAdd(ProgramMethod method, string why)
    {
        Recorder?.NoteOnce(FlowAct.CutFirst, method, why);
        _cut.TryAdd(method, why);
    }

    public string this[ProgramMethod method]
    {
        set
        {
            Recorder?.Note(FlowAct.CutLast, method, value);
            _cut[method] = value;
        }
    }

    public IEnumerator<KeyValuePair<ProgramMethod, string>> GetEnumerator() => _cut.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

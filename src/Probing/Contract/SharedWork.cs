using System.Collections.Concurrent;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>
/// Work that several probes of one run ask for under the same key is done once. A piece of work that fails or is
/// cancelled is forgotten, so that the next probe tries for itself instead of inheriting somebody else's timeout.
/// </summary>
public sealed class SharedWork
{
    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> _tasks = new(StringComparer.Ordinal);

    /// <param name="key">Names the work and its target.</param>
    /// <param name="work">Does it; runs under the first caller's token.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public async Task<T> GetAsync<T>(string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var mine = new Lazy<Task<object>>(async () => await work(cancellationToken));
            var lazy = _tasks.GetOrAdd(key, mine);
            try
            {
                return (T)await lazy.Value.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (!ReferenceEquals(lazy, mine) && !cancellationToken.IsCancellationRequested)
            {
                Forget(key, lazy);
            }
            catch
            {
                Forget(key, lazy);
                throw;
            }
        }
    }

    /// <summary>What was done under the key; null where nothing was, or not yet.</summary>
    public T? Done<T>(string key)
        where T : class =>
        _tasks.TryGetValue(key, out var lazy) && lazy is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } task } ? (T)task.Result : null;

    private void Forget(string key, Lazy<Task<object>> lazy) => _tasks.TryRemove(new KeyValuePair<string, Lazy<Task<object>>>(key, lazy));
}

# A link between this network namespace and that of another process, on which every packet takes its time. Not the kernel's netem,
# which many kernels lack.
#   python3 slow-link.py PID-OF-THE-OTHER-NAMESPACE MILLISECONDS-ONE-WAY
import ctypes, fcntl, heapq, os, select, struct, sys, time

def link():
    end = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, 0x400454CA, struct.pack('16sH', b'wire', 0x1001))
    return end

near = link()
with open(f'/proc/{sys.argv[1]}/ns/net') as other:
    if ctypes.CDLL(None, use_errno=True).setns(other.fileno(), 0x40000000) != 0:
        raise OSError(ctypes.get_errno(), 'setns')
far = link()
delay = float(sys.argv[2]) / 1000
waiting, count = [], 0
print('linked', flush=True)
while True:
    pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for end in select.select([near, far], [], [], pause)[0]:
        try:
            while True:
                count += 1
                heapq.heappush(waiting, (time.monotonic() + delay, count, far if end is near else near, os.read(end, 1 << 16)))
        except BlockingIOError:
            pass
    while waiting and waiting[0][0] <= time.monotonic():
        try:
            os.write(*heapq.heappop(waiting)[2:])
        except OSError:
            pass

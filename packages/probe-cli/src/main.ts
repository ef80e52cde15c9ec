process.stdout.write('eniprobe\n')
